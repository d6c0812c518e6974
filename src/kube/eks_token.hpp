// Tokens for Amazon EKS: a signed question "who am I?" that the cluster puts to AWS in our place.
#pragma once

#include "celldrift/kube/connection.hpp"
#include "kube/aws_identity.hpp"
#include "kube/exec_plugin.hpp"

namespace celldrift::kube {

// As `argocd-k8s-auth aws` of Argo CD 3.5 (and aws-iam-authenticator) makes it: valid for 15
// minutes, to be replaced after 14. Throws the Error of finding AWS credentials, or of the service
// that was asked for a role; messages hold no keys.
ExecCredential eks_token(const AwsSignIn& sign_in, const AwsSurroundings& around);

}  // namespace celldrift::kube
