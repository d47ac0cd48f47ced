// The part of the oracle the tests use; the package comes without types.

declare module "google-libphonenumber" {
  export class PhoneNumber {
    getCountryCodeOrDefault(): number;
  }
  export class PhoneNumberUtil {
    static getInstance(): PhoneNumberUtil;
    getSupportedRegions(): string[];
    getSupportedGlobalNetworkCallingCodes(): number[];
    getCountryCodeForRegion(region: string): number;
    getExampleNumber(region: string): PhoneNumber;
    getExampleNumberForType(region: string, type: number): PhoneNumber | null;
    getExampleNumberForNonGeoEntity(callingCode: number): PhoneNumber | null;
    getNationalSignificantNumber(number: PhoneNumber): string;
    getNddPrefixForRegion(region: string, stripNonDigits: boolean): string | null;
    formatOutOfCountryCallingNumber(number: PhoneNumber, from: string): string;
    format(number: PhoneNumber, format: number): string;
    parseAndKeepRawInput(text: string, region: string): PhoneNumber;
  }
  export const PhoneNumberFormat: {
    readonly E164: number;
    readonly INTERNATIONAL: number;
    readonly NATIONAL: number;
    readonly RFC3966: number;
  };
  export const PhoneNumberType: Readonly<Record<string, number>>;
}
