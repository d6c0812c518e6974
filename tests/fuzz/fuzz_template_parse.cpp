// Any text is taken for a template: compiled, or refused with Go's message, never a crash or a
// hang. What compiles does so again, into a set that has it already.

#include "celldrift/gotemplate/template.hpp"
#include "fleet/templates/argocd_functions.hpp"
#include "input.hpp"

using namespace celldrift;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  gotemplate::TemplateSet set(fleet::argocd_functions());
  try {
    set.parse("base", fuzz::text_of(data, size));
    set.parse("base", fuzz::text_of(data, size));
  } catch (const Error& error) {
    fuzz::must(error.code() == ErrorCode::parse || error.code() == ErrorCode::limit);
  }
  return 0;
}
