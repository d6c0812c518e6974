#include "kube/eks_token.hpp"

#include "celldrift/core/text.hpp"
#include "kube/sigv4.hpp"

#include <algorithm>

namespace celldrift::kube {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view prefix = "k8s-aws-v1.";
constexpr auto lifetime = 14min;  // a minute less than the signature lives

std::string base64_url(std::string_view bytes) {
  std::string text = base64_encode(bytes);
  std::ranges::replace(text, '+', '-');
  std::ranges::replace(text, '/', '_');
  text.erase(text.find_last_not_of('=') + 1);
  return text;
}

}  // namespace

ExecCredential eks_token(const AwsSignIn& sign_in, const AwsSurroundings& around) {
  AwsIdentity identity = aws_identity(sign_in.profile, around);
  if (!sign_in.role_arn.empty()) {
    identity = with_role(std::move(identity), sign_in.role_arn, {}, around);
  }
  const AwsRequest question{
      .base = identity.sts,
      .region = identity.region,
      .service = "sts",
      .query = {{"Action", "GetCallerIdentity"}, {"Version", "2011-06-15"}},
      .headers = {{"x-k8s-aws-id", sign_in.cluster_name}},
      .expires_seconds = 60,  // EKS ignores it; its authenticator once refused more
  };
  ExecCredential credential;
  credential.token =
      std::string(prefix) + base64_url(presigned_url(question, identity.keys, around.now));
  credential.expires = around.now + lifetime;
  return credential;
}

}  // namespace celldrift::kube
