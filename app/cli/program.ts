/**
 * The commands and their options. Each command's code is loaded only when it is the one that was
 * asked for, so that reading a number does not wait for a database client.
 */
import { Argument, Command, Option } from "commander";
import type { Mode } from "#app/core/settings/modes.ts";
import { MODES } from "#app/core/settings/modes.ts";
import {
  collectCountry,
  collectId,
  readCount,
  readCountry,
  readDomain,
  readLetterId,
  readMoment,
  readNewDomain,
} from "./arguments.ts";
import type { ListOptions } from "./dead-letters.ts";
import type { FilterOptions } from "./dead-letters/read-filter.ts";
import type { Outcome } from "./outcome.ts";
import { report } from "./outcome.ts";
import type { ShopOptions } from "./shop.ts";

const SHOP = "<domain>";
const SHOP_MEANING = "the shop's myshopify.com domain";

/** Throws commander's own errors instead of ending the process. */
export function createProgram(): Command {
  const program = new Command("ringtrue");
  const settle = async (outcome: Promise<Outcome>): Promise<void> => {
    report(await outcome, program.opts()["json"] === true);
  };
  program
    .description("Keeps every shopper's phone number and SMS consent true in Customer.io.")
    .option("--json", "answer one JSON document")
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError("(--help shows how it is used)")
    .exitOverride();
  addPhone(program, settle);
  addShop(program, settle);
  addPolicy(program, settle);
  addLooks(program, settle);
  addDeadLetters(program, settle);
  addLedger(program, settle);
  return program;
}

type Settle = (outcome: Promise<Outcome>) => Promise<void>;

function addPhone(program: Command, settle: Settle): void {
  program
    .command("phone")
    .description("what Ringtrue makes of a number")
    .argument("[text]", "the number as it was typed")
    .option("--country <CC>", "the country it is expected to be from", readCountry)
    .option("--hint <CC>", "another country of the shopper; may be repeated", collectCountry)
    .option(
      "--stdin",
      'read JSON lines {"raw","country"?,"hints"?} and answer each with a JSON line',
    )
    .action(
      async (
        text: string | undefined,
        { country, hint = [], stdin }: { country?: string; hint?: string[]; stdin?: true },
        command: Command,
      ) => {
        if ((text === undefined) !== (stdin === true)) {
          command.error("error: give either a number or --stdin", { code: "ringtrue.usage" });
        }
        if (text === undefined) {
          const { answerLines } = await import("./phone-stream.ts");
          return answerLines(process.stdin, process.stdout);
        }
        const { phone } = await import("./phone.ts");
        return settle(Promise.resolve(phone(text, country, hint)));
      },
    );
}

function addShop(program: Command, settle: Settle): void {
  const shop = program.command("shop").description("the shops Ringtrue serves");
  shop
    .command("add")
    .description("connect a shop, or update the connection it has; safe to repeat")
    .argument(SHOP, SHOP_MEANING, readNewDomain)
    .requiredOption("--cio-site-id <S>", "site ID of the Customer.io workspace (Track API)")
    .requiredOption("--cio-api-key <K>", "API key that belongs to the site ID")
    .addOption(
      new Option("--cio-region <region>", "where the workspace lives").choices(["us", "eu"]),
    )
    .option("--cio-app-key <A>", "App API key")
    .option("--cio-signing-key <W>", "signing key of the reporting webhooks")
    .option("--twilio-auth-token <T>", "auth token of the Twilio account that texts for the shop")
    .addOption(new Option("--mode <mode>", "what may be written").choices(MODES).default("live"))
    .option("--settings <file>", "the shop's settings, a JSON file")
    .action(async (domain: string, options: ShopOptions) =>
      settle((await import("./shop.ts")).addShop(domain, options)),
    );
  shop
    .command("list")
    .description("all shops")
    .action(async () => settle((await import("./shop.ts")).showShops()));
  shop
    .command("show")
    .description("one shop, without its secrets")
    .argument(SHOP, SHOP_MEANING, readDomain)
    .action(async (domain: string) => settle((await import("./shop.ts")).showShop(domain)));
  shop
    .command("remove")
    .description("erase a shop and everything known of it; Customer.io keeps what it was told")
    .argument(SHOP, SHOP_MEANING, readDomain)
    .action(async (domain: string) => settle((await import("./shop.ts")).eraseShop(domain)));
}

function addPolicy(program: Command, settle: Settle): void {
  program
    .command("mode")
    .description("what may be written: nothing, the test list, everybody")
    .argument(SHOP, SHOP_MEANING, readDomain)
    .addArgument(new Argument("<mode>", "the mode").choices(MODES))
    .option("--clear", "with observe: also remove what Ringtrue wrote to Customer.io")
    .action(async (domain: string, mode: Mode, { clear }: { clear?: true }) =>
      settle((await import("./mode.ts")).switchMode(domain, mode, clear === true)),
    );
  program
    .command("preview")
    .description("what going live would write, and what cannot be known before")
    .argument(SHOP, SHOP_MEANING, readDomain)
    .action(async (domain: string) => settle((await import("./preview.ts")).preview(domain)));
  program
    .command("put-back")
    .description(
      "what stood in Customer.io before going live stands again; without --yes, how far it is",
    )
    .argument(SHOP, SHOP_MEANING, readDomain)
    .option("--yes", "do it: the shop observes from then on")
    .action(async (domain: string, { yes }: { yes?: true }) =>
      settle((await import("./put-back.ts")).putBack(domain, yes === true)),
    );
  const settings = program.command("settings").description("a shop's policy");
  settings
    .command("get")
    .description("the settings as one JSON document")
    .argument(SHOP, SHOP_MEANING, readDomain)
    .action(async (domain: string) => settle((await import("./settings.ts")).getSettings(domain)));
  settings
    .command("set")
    .description("replace the settings; a field that is left out takes its default")
    .argument(SHOP, SHOP_MEANING, readDomain)
    .argument("<file>", "a JSON file")
    .action(async (domain: string, file: string) =>
      settle((await import("./settings.ts")).setSettings(domain, file)),
    );
}

function addLooks(program: Command, settle: Settle): void {
  program
    .command("person")
    .description("everything known and decided of one shopper, and why")
    .argument(SHOP, SHOP_MEANING, readDomain)
    .argument("<who>", "an email, a phone number or a Shopify customer id")
    .action(async (domain: string, who: string) =>
      settle((await import("./person.ts")).person(domain, who)),
    );
  program
    .command("status")
    .description("how far messages and tellings have come")
    .argument(SHOP, SHOP_MEANING, readDomain)
    .action(async (domain: string) => settle((await import("./status.ts")).status(domain)));
  program
    .command("drift")
    .description("profiles in Customer.io that don't hold what they were told, and what to do")
    .argument(SHOP, SHOP_MEANING, readDomain)
    .action(async (domain: string) => settle((await import("./drift.ts")).drift(domain)));
  program
    .command("doctor")
    .description("look at everything Ringtrue needs, with a remedy for what is wrong")
    .action(async () => settle((await import("./doctor.ts")).doctor()));
}

function addDeadLetters(program: Command, settle: Settle): void {
  const letters = program
    .command("dead-letters")
    .description("what no retry has fixed, with its reason; the latest last")
    .argument(SHOP, SHOP_MEANING, readDomain)
    .addOption(new Option("--kind <kind>", "what died").choices(["inbox", "outbox"]))
    .option("--reason <code>", "those with this reason")
    .option("--topic <name>", "of this topic, or event of this name")
    .option("--since <time>", "died since then: an ISO 8601 time, or 36h, 7d ago", readMoment)
    .option("--until <time>", "died before then", readMoment)
    .option("--id <id>", "a message's, an event's, an order's id: wherever it stands")
    .option("--person <who>", "concerning this email, phone number or Shopify customer id")
    .option("--open", "not replayed since they died")
    .option("--limit <n>", "at most so many", readCount)
    .option("--before <id>", "with smaller ids than this one", readLetterId)
    .action(async (domain: string, options: ListOptions) =>
      settle((await import("./dead-letters.ts")).listDeadLetters(domain, options)),
    );
  addShowLetter(letters, settle);
  addReplay(letters, settle);
}

function addShowLetter(letters: Command, settle: Settle): void {
  letters
    .command("show")
    .description("one dead letter: what it was, when, why, how often, and what to do about it")
    .argument(SHOP, SHOP_MEANING, readDomain)
    .argument("<id>", "its id", readLetterId)
    .option("--reveal", "show personal values, too; this is written to the log")
    .action(async (domain: string, id: number, { reveal }: { reveal?: true }) => {
      const { showDeadLetter } = await import("./dead-letters/show.ts");
      return settle(showDeadLetter(domain, id, reveal === true));
    });
}

function addReplay(letters: Command, settle: Settle): void {
  letters
    .command("replay")
    .description("try dead letters again: by their ids, all that match a filter, or all")
    .argument(SHOP, SHOP_MEANING, readDomain)
    .argument("[id...]", "ids of dead letters", collectId)
    .option("--all", "all that were not replayed yet")
    .action(async (domain: string, ids: number[] = [], _: object, command: Command) => {
      const { all, ...options } = command.optsWithGlobals<FilterOptions & { all?: true }>();
      const { isFiltered } = await import("./dead-letters/read-filter.ts");
      const isByFilter = all === true || isFiltered(options);
      if ((ids.length === 0) !== isByFilter) {
        command.error("error: give either ids, a filter or --all", { code: "ringtrue.usage" });
      }
      const { replayDeadLetters } = await import("./dead-letters.ts");
      return settle(replayDeadLetters(domain, isByFilter ? { options } : { ids }));
    });
}

function addLedger(program: Command, settle: Settle): void {
  const ledger = program.command("ledger").description("the record of every act of consent");
  ledger
    .command("verify")
    .description("whether the ledger is as it was recorded, and if not, where it first isn't")
    .argument(SHOP, SHOP_MEANING, readDomain)
    .action(async (domain: string) => settle((await import("./ledger.ts")).verifyLedger(domain)));
}
