/**
 * Makes `tim` one file that needs nothing else, by `deno compile`: `binary/tim`.
 *
 * Further words go to `deno compile`: `deno task build:binary --target aarch64-apple-darwin`. The runtime
 * inside is not this Deno but its smaller sister `denort`, which `deno compile` fetches from dl.deno.land
 * once; without a way there, fetch it elsewhere and name it by `DENORT_BIN`.
 */

const given = Deno.args.find((word) => word.startsWith("--output="))?.slice("--output=".length);
const output = given ?? "binary/tim";

const { success } = await new Deno.Command(Deno.execPath(), {
  args: [
    "compile",
    "--allow-all",
    "--no-check",
    // From Deno's own cache, so that only what is imported goes in, and no tool of the tests.
    "--node-modules-dir=none",
    "--exclude-unused-npm",
    ...(given ? [] : [`--output=${output}`]),
    ...Deno.args,
    "src/cli/bin.ts",
  ],
  stdin: "null",
}).spawn().status;
if (!success) Deno.exit(1);

// For Windows `deno compile` adds the name's end.
const path = await Deno.stat(output).then(() => output, () => `${output}.exe`);
console.log(`${path}: ${((await Deno.stat(path)).size / 2 ** 20).toFixed(1)} MiB`);
