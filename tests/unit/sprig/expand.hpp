// Runs a template with sprig's functions.
#pragma once

#include "celldrift/core/error.hpp"
#include "celldrift/gotemplate/template.hpp"
#include "celldrift/sprig/sprig.hpp"

#include <string>
#include <string_view>

namespace celldrift::sprig::test {

// 2026-01-02 03:04:05.123456789 UTC
inline constexpr std::chrono::sys_time<std::chrono::nanoseconds> test_now{
    std::chrono::nanoseconds(1'767'323'045'123'456'789)};

// What the template prints; of an error the text after "error calling <function>: ".
inline std::string expand(std::string_view text,
                          std::string_view local_zone = "UTC",
                          std::uint64_t seed = 0) {
  gotemplate::TemplateSet set(functions());
  set.parse("t", text);
  gotemplate::Heap heap;
  gotemplate::RunOptions options;
  options.environment = {.now = test_now, .local_zone = std::string(local_zone), .seed = seed};
  try {
    return set.execute("t", heap.make_map(), heap, options).text;
  } catch (const Error& error) {
    const auto& message = error.message();
    const auto called = message.find("error calling ");
    const auto colon = message.find(": ", called == std::string::npos ? 0 : called);
    return "error: " + message.substr(called == std::string::npos ? 0 : colon + 2);
  }
}

struct Snippet {
  const char* text;
  const char* result;
};

}  // namespace celldrift::sprig::test
