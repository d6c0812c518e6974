// Any text is run as a template over a dot of all kinds: it gives a text, the same one each time,
// or an error, never a crash or a hang.

#include "celldrift/gotemplate/template.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "fleet/templates/argocd_functions.hpp"
#include "input.hpp"

using namespace celldrift;

namespace {

// Without what takes long by design: making keys and hashing passwords.
const gotemplate::FunctionTable& functions() {
  static const gotemplate::FunctionTable table = [] {
    gotemplate::FunctionTable made = fleet::argocd_functions();
    for (const std::string_view slow : {"bcrypt",
                                        "derivePassword",
                                        "genCA",
                                        "genPrivateKey",
                                        "genSelfSignedCert",
                                        "genSignedCert",
                                        "htpasswd"}) {
      made.remove(slow);
    }
    return made;
  }();
  return table;
}

const Value& dot() {
  static const Value value = yaml::parse_json(R"({
    "s": "Some Text", "n": 3, "f": 1.5, "nil": null, "t": true, "e": "", "l": [1, "a", null, [2]],
    "m": {"a": 1, "b": {"c": "deep"}, "k": {"x": "y"}}, "list": ["x", "y"], "none": [], "empty": {}
  })")
                                 .value;
  return value;
}

// The output, or the error's message.
std::string run(const gotemplate::TemplateSet& set) {
  gotemplate::RunOptions options;
  options.limits = {.steps = 5'000, .output_bytes = 1u << 16, .template_depth = 100};
  options.environment.seed = 1;
  options.trace_lines = true;
  try {
    gotemplate::Heap heap(8u << 20);
    return set.execute("base", heap.from_value(dot()), heap, options).text;
  } catch (const Error& error) {
    fuzz::must(error.code() == ErrorCode::config || error.code() == ErrorCode::limit);
    return error.message();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  gotemplate::TemplateSet set(functions());
  try {
    set.parse("base", fuzz::text_of(data, size));
  } catch (const Error& error) {
    return 0;
  }
  fuzz::must(run(set) == run(set));
  return 0;
}
