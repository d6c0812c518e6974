#include "kube/aws_sts.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/http/address.hpp"
#include "kube/sigv4.hpp"

namespace celldrift::kube {
namespace {

constexpr std::string_view api_version = "2011-06-15";

AwsKeys keys_of_sts(const std::string& xml) {
  return complete_keys({sts_element(xml, "AccessKeyId"),
                        sts_element(xml, "SecretAccessKey"),
                        sts_element(xml, "SessionToken")},
                       "the Security Token Service");
}

}  // namespace

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
