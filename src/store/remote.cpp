#include "store/remote.hpp"

#include "celldrift/core/error.hpp"

namespace celldrift::store {
namespace {

http::Request request_to(http::Method method, std::string target, std::size_t bytes) {
  return {.method = method,
          .path = std::move(target),
          .body_type = "application/gzip",
          .headers = {{"Accept", "*/*"}},
          .response_bytes = bytes};
}

}  // namespace

http::Answer ask(const Asking& asking,
                 const std::shared_ptr<http::Server>& server,
                 http::Request request) {
  request.timeout = asking.timeout;
  http::Answer answer = asking.client.ask(
      server, std::move(request), std::chrono::steady_clock::now() + asking.timeout);
  if (answer.error) {
    std::rethrow_exception(answer.error);
  }
  return answer;
}

http::Request get_request(std::string target, std::size_t bytes) {
  http::Request request = request_to(http::Method::get, std::move(target), bytes);
  request.redirects = http::Redirects::follow;
  return request;
}

http::Request put_request(std::string target, std::string bytes) {
  http::Request request = request_to(http::Method::put, std::move(target), max_list_bytes);
  request.body = std::move(bytes);
  return request;
}

void check_count(std::size_t files, const Place& place) {
  if (files > max_files) {
    throw Error(ErrorCode::limit,
                place.text + " has more than " + std::to_string(max_files) +
                    " snapshots; keep one for each cell, or name a narrower place");
  }
}

}  // namespace celldrift::store
