// Secrets within a Secret's value: those that others may repeat without the rest of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace celldrift::observe {

// The password of "postgres://user:password@host", as it is and without its escapes; what a file
// (JSON, YAML, properties) assigns to a telling name: "DB_PASSWORD=…". O(length); nothing of texts
// of more than 64 KiB.
std::vector<std::string> inner_secrets(std::string_view value);

}  // namespace celldrift::observe
