#include "kube/aws_endpoints.hpp"

#include "celldrift/core/text.hpp"

#include <algorithm>
#include <cctype>

namespace celldrift::kube {
namespace {

// Where a region's services are: most are under amazonaws.com. (AWS SDK for Go v2, partitions)
std::string domain_of(const std::string& region) {
  struct Partition {
    std::string_view prefix;
    std::string_view domain;
  };
  static constexpr Partition partitions[] = {
      {"cn-", "amazonaws.com.cn"},
      {"us-iso-", "c2s.ic.gov"},
      {"us-isob-", "sc2s.sgov.gov"},
      {"us-isof-", "csp.hci.ic.gov"},
      {"eu-isoe-", "cloud.adc-e.uk"},
      {"eusc-", "amazonaws.eu"},
  };
  const auto partition = std::ranges::find_if(
      partitions, [&](const Partition& one) { return region.starts_with(one.prefix); });
  return std::string(partition == std::end(partitions) ? "amazonaws.com" : partition->domain);
}

std::string upper(std::string_view text) {
  std::string raised(text);
  std::ranges::transform(raised, raised.begin(), [](unsigned char c) { return std::toupper(c); });
  return raised;
}

bool is_set(const AwsPlace& place, const std::string& variable) {
  return lower(place.environment(variable)) == "true";
}

}  // namespace

std::string own_aws_url(std::string_view service, const AwsPlace& place) {
  if (is_set(place, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")) {
    return "";
  }
  for (const std::string& variable :
       {"AWS_ENDPOINT_URL_" + upper(service), std::string("AWS_ENDPOINT_URL")}) {
    if (const std::string url = place.environment(variable); !url.empty()) {
      return url;
    }
  }
  const auto stated = place.profile.find("endpoint_url");
  return stated == place.profile.end() ? "" : stated->second;
}

std::string aws_url(std::string_view service, const AwsPlace& place) {
  if (const std::string own = own_aws_url(service, place); !own.empty()) {
    return own;
  }
  const std::string name(service);
  if (place.region == "aws-global") {
    return "https://" + name + ".amazonaws.com";
  }
  const bool has_fips_host = is_set(place, "AWS_USE_FIPS_ENDPOINT") &&
                             !(service == "sts" && place.region.starts_with("us-gov-"));
  return "https://" + name + (has_fips_host ? "-fips." : ".") + place.region + "." +
         domain_of(place.region);
}

}  // namespace celldrift::kube
