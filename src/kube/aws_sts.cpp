#include "kube/aws_sts.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/http/address.hpp"

#include <algorithm>

namespace celldrift::kube {
namespace {

constexpr std::string_view api_version = "2011-06-15";

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

AwsKeys keys_of_sts(const std::string& xml) {
  return complete_keys({sts_element(xml, "AccessKeyId"),
                        sts_element(xml, "SecretAccessKey"),
                        sts_element(xml, "SessionToken")},
                       "the Security Token Service");
}

}  // namespace

std::string sts_url(const std::string& region,
                    const AwsProfile& profile,
                    const Environment& environment) {
  std::string named = environment("AWS_ENDPOINT_URL_STS");
  named = named.empty() ? environment("AWS_ENDPOINT_URL") : named;
  if (const auto stated = profile.find("endpoint_url"); named.empty() && stated != profile.end()) {
    named = stated->second;
  }
  if (!named.empty() && lower(environment("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")) != "true") {
    return named;
  }
  if (region == "aws-global") {
    return "https://sts.amazonaws.com";
  }
  const bool fips = lower(environment("AWS_USE_FIPS_ENDPOINT")) == "true";
  const bool has_fips_host = fips && !region.starts_with("us-gov-");
  return "https://sts" + std::string(has_fips_host ? "-fips" : "") + "." + region + "." +
         domain_of(region);
}

// Keys and tokens have nothing that XML escapes.
std::string sts_element(const std::string& xml, const std::string& name) {
  const std::string open = "<" + name + ">";
  const std::size_t begin = xml.find(open);
  const std::size_t end = xml.find("</" + name + ">", begin);
  return begin == std::string::npos || end == std::string::npos
             ? ""
             : xml.substr(begin + open.size(), end - begin - open.size());
}

AwsKeys complete_keys(AwsKeys keys, const std::string& where) {
  if (keys.id.empty() || keys.secret.empty()) {
    throw Error(ErrorCode::auth, "AWS credentials: " + where + " gave no keys");
  }
  return keys;
}

AwsKeys web_identity_keys(const std::string& sts,
                          const std::string& role_arn,
                          const std::string& session,
                          std::string_view token,
                          const AwsSurroundings& around) {
  const std::string form = "Action=AssumeRoleWithWebIdentity&Version=" + std::string(api_version) +
                           "&RoleArn=" + http::url_encoded(role_arn) + "&RoleSessionName=" +
                           http::url_encoded(session.empty() ? "celldrift" : session) +
                           "&WebIdentityToken=" + http::url_encoded(trim(token));
  return keys_of_sts(around.send({.url = sts, .headers = {}, .form = form}));
}

AwsIdentity with_role(AwsIdentity identity,
                      const std::string& role_arn,
                      const std::map<std::string, std::string>& extra,
                      const AwsSurroundings& around) {
  AwsRequest request{.base = identity.sts, .region = identity.region, .service = "sts"};
  request.query = {{"Action", "AssumeRole"},
                   {"Version", std::string(api_version)},
                   {"RoleArn", role_arn},
                   {"RoleSessionName", "celldrift"},
                   {"DurationSeconds", "900"}};
  for (const auto& [key, value] : extra) {
    request.query[key] = value;
  }
  const std::string url = presigned_url(request, identity.keys, around.now);
  identity.keys = keys_of_sts(around.send({.url = url, .headers = {}, .form = ""}));
  return identity;
}

}  // namespace celldrift::kube
