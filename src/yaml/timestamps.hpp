// The texts that go-yaml 2 takes for timestamps. They stay strings; only the tag !!timestamp asks.
#pragma once

#include <string_view>

namespace celldrift::yaml {

bool is_timestamp(std::string_view text);

}  // namespace celldrift::yaml
