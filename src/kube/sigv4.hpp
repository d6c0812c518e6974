// AWS Signature Version 4, in the one form that celldrift needs: a GET whose URL carries its
// signature.
#pragma once

#include "celldrift/core/clock.hpp"
#include "celldrift/kube/aws.hpp"

#include <map>
#include <string>

namespace celldrift::kube {

// What is asked, before it is signed. `base` is "https://host[:port]" with a path, "/" where it has
// none; `headers` are sent by whoever uses the URL, names in lower case, Host left out.
struct AwsRequest {
  std::string base;
  std::string region;
  std::string service;
  std::map<std::string, std::string> query;
  std::map<std::string, std::string> headers;
  int expires_seconds = 60;
};

// The URL with its signature. Throws Error(config) for a `base` that is no URL.
std::string presigned_url(const AwsRequest& request, const AwsKeys& keys, Time time);

}  // namespace celldrift::kube
