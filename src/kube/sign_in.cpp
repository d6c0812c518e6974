#include "kube/sign_in.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/http/client.hpp"
#include "celldrift/http/status.hpp"
#include "kube/aws_sts.hpp"
#include "kube/eks_token.hpp"

#include <chrono>
#include <cstdlib>

namespace celldrift::kube {
namespace {

using namespace std::chrono_literals;

constexpr auto time_limit = 60s;  // of one question on the way to AWS credentials
constexpr std::size_t max_answer_bytes = 1u << 20;

struct Url {
  std::string server;
  std::string path;
};

Url split_url(const std::string& url) {
  const std::size_t scheme = url.find("://");
  const std::size_t end = url.find_first_of("/?", scheme == std::string::npos ? 0 : scheme + 3);
  const std::string path = end == std::string::npos ? "" : url.substr(end);
  return {url.substr(0, end), path.starts_with('/') ? path : "/" + path};
}

http::Request request_of(const AwsQuestion& question) {
  http::Request request{.path = split_url(question.url).path, .response_bytes = max_answer_bytes};
  for (const auto& [name, value] : question.headers) {
    request.headers.push_back({name, value});
  }
  if (!question.form.empty()) {
    request.method = http::Method::post;
    request.body = question.form;
    request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
  }
  return request;
}

std::string send(const AwsQuestion& question) {
  http::Client client({.response_bytes = max_answer_bytes});
  const auto server = client.server({.url = split_url(question.url).server}, http::fixed({}));
  const http::Answer answer =
      client.ask(server, request_of(question), std::chrono::steady_clock::now() + time_limit);
  if (answer.error) {
    std::rethrow_exception(answer.error);
  }
  if (answer.response.status != 200) {
    const std::string code = sts_element(answer.response.body, "Code");
    throw http::error_of_status(answer.response.status, answer.asked, printable(code));
  }
  return answer.response.body;
}

std::string environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value != nullptr ? value : "";
}

ExecCredential sign_in_to_aws(const AwsSignIn& aws) {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  try {
    return eks_token(aws, {.environment = environment, .send = send, .now = now});
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
