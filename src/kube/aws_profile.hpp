// Profiles of the AWS command line's shared files (~/.aws/config, ~/.aws/credentials).
#pragma once

#include <functional>
#include <map>
#include <string>

namespace celldrift::kube {

// A variable of the environment; "" where it is not set.
using Environment = std::function<std::string(const std::string& name)>;

// The settings of one profile, keys in lower case.
using AwsProfile = std::map<std::string, std::string>;

// All profiles of both files; the credentials file wins. A file that is not there has none.
// Error(config) for one that cannot be read.
std::map<std::string, AwsProfile> aws_profiles(const Environment& environment);

}  // namespace celldrift::kube
