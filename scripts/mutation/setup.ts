// What every file begins with when mutants are tried: as in the unit suite, and from a fixed seed.
import "../test/unit-setup.ts";
import fc from "fast-check";

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20_261_121 });
