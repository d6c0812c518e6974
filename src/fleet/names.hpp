// Names, as Argo CD makes them fit for Kubernetes and as the API server checks them.
#pragma once

#include <string>
#include <string_view>

namespace celldrift::fleet {

// Argo CD's SanitizeName, `normalize` in templates: lower case, each character outside [-a-z0-9.]
// as "-", at most 253 bytes, no "-" and "." at the ends.
std::string normalized_name(std::string_view name);

// Argo CD compares API servers without the slashes at their ends.
bool same_server(std::string_view a, std::string_view b);

// RFC 1123 subdomain: what the API server takes for an Application's name.
bool is_subdomain(std::string_view name);

// A label's key ("example.com/team") and its value, as Kubernetes checks them.
bool is_label_key(std::string_view key);
bool is_label_value(std::string_view value);

}  // namespace celldrift::fleet
