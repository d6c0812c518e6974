// Templates run in tests, and tables of what they give.
#pragma once

#include "celldrift/core/error.hpp"
#include "celldrift/gotemplate/template.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

namespace celldrift::test {

// The output, or "error: " and what the function said: Go's text after "error calling NAME: ", and
// for what is no call what follows the place.
inline std::string run_template(const gotemplate::FunctionTable& functions, std::string_view text) {
  gotemplate::Heap heap;
  gotemplate::TemplateSet set(functions);
  set.parse("base", text);
  try {
    return set.execute("base", {}, heap).text;
  } catch (const Error& error) {
    const std::string_view message = error.message();
    constexpr std::string_view calling = ": error calling ";
    const std::size_t call = message.find(calling);
    const std::size_t place = message.find(">: ");
    return "error: " +
           std::string(message.substr(call != message.npos ? call + calling.size() : place + 3));
  }
}

struct TemplateCase {
  std::string_view text, expected;
};

inline void check_templates(const gotemplate::FunctionTable& functions,
                            const std::vector<TemplateCase>& cases) {
  for (const TemplateCase& c : cases) {
    CAPTURE(c.text);
    CHECK(run_template(functions, c.text) == c.expected);
  }
}

}  // namespace celldrift::test
