// Typed reading of a kubeconfig's fields: what has the wrong type is an Error(config) with its file
// and line.
#pragma once

#include "celldrift/core/value.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace celldrift::kube {

// The field of a map; nullptr when it is missing or null, which Kubernetes takes to be the same.
const Value* present(const Value& map, std::string_view field);

// "" / false / empty when the field is missing.
std::string text_of(const Value& map, std::string_view field);
bool flag_of(const Value& map, std::string_view field);
std::vector<std::string> texts_of(const Value& map, std::string_view field);
// The items of a list of maps.
std::vector<Value> maps_of(const Value& map, std::string_view field);

}  // namespace celldrift::kube
