// What the body of a failed request says.
#pragma once

#include "celldrift/kube/api.hpp"

#include <string>

namespace celldrift::kube {

// The message of a Kubernetes Status, or the first line of a plain text, made printable and short;
// "" for anything else, and for what repeats `secret`.
std::string message_of(const Response& response, const std::string& secret);

}  // namespace celldrift::kube
