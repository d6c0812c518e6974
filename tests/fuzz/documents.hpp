// Inputs that are several YAML documents.
#pragma once

#include "celldrift/core/value.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "input.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace celldrift::fuzz {

// None for what is no YAML, or too much of it.
inline std::vector<Value> documents_of(const std::uint8_t* data, std::size_t size) {
  try {
    const Budget budget{.nodes = 20'000};
    return yaml::parse_stream(text_of(data, size), {.source = 0, .budget = budget}).documents;
  } catch (const Error&) {
    return {};
  }
}

}  // namespace celldrift::fuzz
