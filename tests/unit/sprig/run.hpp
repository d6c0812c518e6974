// Templates with sprig's functions, run in tests.
#pragma once

#include "celldrift/core/error.hpp"
#include "celldrift/gotemplate/template.hpp"
#include "celldrift/sprig/sprig.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

namespace celldrift::sprig_test {

// The output, or "error: " and what the function said: Go's text after "error calling ".
inline std::string run(std::string_view text) {
  gotemplate::Heap heap;
  gotemplate::TemplateSet set(sprig::functions());
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

struct Case {
  std::string_view text, expected;
};

inline void check(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(run(c.text) == c.expected);
  }
}

}  // namespace celldrift::sprig_test
