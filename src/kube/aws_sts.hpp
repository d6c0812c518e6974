// AWS's Security Token Service: where it is, and the keys that it gives.
#pragma once

#include "kube/aws_identity.hpp"

#include <string>

namespace celldrift::kube {

// The keys of a role for a web identity token (IRSA). `session` may be "".
AwsKeys web_identity_keys(const std::string& sts,
                          const std::string& role_arn,
                          const std::string& session,
                          std::string_view token,
                          const AwsSurroundings& around);

// Error(auth) that names `where` when one of the keys is missing.
AwsKeys complete_keys(AwsKeys keys, const std::string& where);

// The text of an element of an answer; "" when there is none.
std::string sts_element(const std::string& xml, const std::string& name);

}  // namespace celldrift::kube
