#include "kube/sign_in.hpp"

#include "celldrift/core/error.hpp"
#include "kube/eks_token.hpp"

#include <chrono>

namespace celldrift::kube {
namespace {

ExecCredential sign_in_to_aws(const AwsSignIn& aws) {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  try {
    return eks_token(aws, aws_surroundings(now));
  } catch (const Error& error) {
    // Whatever stands in the way, the cell's own server has said nothing.
    throw Error(ErrorCode::auth,
                "signing in to EKS cluster " + aws.cluster_name + ": " + error.message());
  }
}

}  // namespace

bool must_sign_in(const Connection& connection) {
  const bool has_way = connection.aws || connection.exec;
  return has_way && connection.token.empty() && connection.token_file.empty() &&
         connection.username.empty();
}

ExecCredential sign_in(const Connection& connection, const std::atomic<bool>& cancelled) {
  return connection.aws ? sign_in_to_aws(*connection.aws)
                        : run_plugin(connection, CommandLimits{}, cancelled);
}

}  // namespace celldrift::kube
