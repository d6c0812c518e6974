// encoding/json's Unmarshal into an interface {}.
#pragma once

#include "celldrift/gotemplate/function.hpp"

#include <string>

namespace celldrift::sprig {

struct ReadJson {
  gotemplate::Any value;
  std::string error;  // Go's text; empty when there was none
};

// `text` must be kept, as in Any::string. After an error the value is nil, but for numbers that
// float64 cannot hold: only they are nil then.
ReadJson read_json(std::string_view text, const gotemplate::Call& call);

}  // namespace celldrift::sprig
