// Strict reading of maps that people write by hand: an unknown key, a missing one or a wrong type
// is an Error(config) with its place and the keys that are allowed.
#pragma once

#include "celldrift/core/value.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::yaml {

class Fields {
 public:
  // `what` names the map in messages: "celldrift.yaml", "cells[2]". Throws when it is no map or has
  // a key that is not in `allowed`.
  Fields(const Value& map, std::string what, std::span<const std::string_view> allowed);

  // "" / false / empty when the key is missing or null.
  std::string text(std::string_view key) const;
  bool flag(std::string_view key) const;
  std::vector<std::string> texts(std::string_view key) const;
  std::vector<std::string> one_or_more(std::string_view key) const;  // a string, or a list of them
  std::map<std::string, std::string> text_map(std::string_view key) const;
  std::vector<Value> list(std::string_view key) const;

  const Value* find(std::string_view key) const;
  std::string path(std::string_view key) const;

 private:
  const Value& map_;
  std::string what_;
};

// The one of `known` that is least unlike `wanted`; "" when all are.
std::string_view nearest(std::string_view wanted, std::span<const std::string_view> known);

}  // namespace celldrift::yaml
