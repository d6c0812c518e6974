// Where AWS's services are.
#pragma once

#include "kube/aws_profile.hpp"

#include <string>
#include <string_view>

namespace celldrift::kube {

struct AwsPlace {
  const std::string& region;
  const AwsProfile& profile;
  const Environment& environment;
};

// The URL that the environment or the profile states for a service ("sts", "s3"); "" for none.
std::string own_aws_url(std::string_view service, const AwsPlace& place);

// That URL, else the region's own.
std::string aws_url(std::string_view service, const AwsPlace& place);

}  // namespace celldrift::kube
