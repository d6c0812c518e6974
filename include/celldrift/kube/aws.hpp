// Who this process is to AWS: keys and a region, found where AWS's own SDK looks for them.
#pragma once

#include "celldrift/core/clock.hpp"

#include <functional>
#include <map>
#include <string>

namespace celldrift::kube {

// A variable of the environment; "" where it is not set.
using Environment = std::function<std::string(const std::string& name)>;

struct AwsKeys {
  std::string id;
  std::string secret;
  std::string session_token;  // "" for keys that do not expire
};

// One request on the way to keys: a GET, or a POST where there is a form.
struct AwsQuestion {
  std::string url;
  std::map<std::string, std::string> headers;
  std::string form;  // application/x-www-form-urlencoded; "" for a GET
};

// What is around the process, as an input.
struct AwsSurroundings {
  Environment environment;
  // The body of an answer with status 200; throws the Error of anything else.
  std::function<std::string(const AwsQuestion&)> send;
  Time now{};
};

// The process's own environment, and the network.
AwsSurroundings aws_surroundings(Time now);

struct AwsIdentity {
  AwsKeys keys;
  std::string region;
  std::string sts;         // the URL of the Security Token Service to ask and to sign for
  std::string s3;          // the URL of S3
  bool is_own_s3 = false;  // somebody's own, which the environment or the profile names
};

// In the order of AWS's SDK for Go (v2): a profile that is named here; the environment's keys; the
// environment's web identity (IRSA); $AWS_PROFILE or "default", with its role, source profile, web
// identity or process; the container's credentials (ECS, EKS Pod Identity). Error(auth) that says
// what was looked for when there are none, Error(unsupported) for SSO.
AwsIdentity aws_identity(const std::string& profile, const AwsSurroundings& around);

}  // namespace celldrift::kube
