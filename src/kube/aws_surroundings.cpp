// What is around the process on its way to AWS's keys: its environment, and the network.
#include "celldrift/core/environment.hpp"
#include "celldrift/core/error.hpp"
#include "celldrift/http/client.hpp"
#include "celldrift/http/status.hpp"
#include "celldrift/kube/aws.hpp"
#include "kube/aws_sts.hpp"

#include <chrono>

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

}  // namespace

AwsSurroundings aws_surroundings(Time now) {
  return {.environment = environment, .send = send, .now = now};
}

}  // namespace celldrift::kube
