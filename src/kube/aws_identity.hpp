// What else can be had for an identity.
#pragma once

#include "celldrift/kube/aws.hpp"

namespace celldrift::kube {

// The identity with the keys of a role that it may assume. `extra` goes into the question:
// RoleSessionName, ExternalId, DurationSeconds.
AwsIdentity with_role(AwsIdentity identity,
                      const std::string& role_arn,
                      const std::map<std::string, std::string>& extra,
                      const AwsSurroundings& around);

}  // namespace celldrift::kube
