// Profiles of the AWS command line's shared files (~/.aws/config, ~/.aws/credentials).
#pragma once

#include "celldrift/kube/aws.hpp"

#include <map>
#include <string>

namespace celldrift::kube {

// The settings of one profile, keys in lower case.
using AwsProfile = std::map<std::string, std::string>;

// All profiles of both files; the credentials file wins. A file that is not there has none.
// Error(config) for one that cannot be read.
std::map<std::string, AwsProfile> aws_profiles(const Environment& environment);

}  // namespace celldrift::kube
