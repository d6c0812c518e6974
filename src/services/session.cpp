#include "services/session.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/http/address.hpp"
#include "celldrift/http/status.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <algorithm>

namespace celldrift::services {
namespace {

constexpr std::size_t max_said = 300;

// What an API's JSON gives as its reason.
std::string message_in(const Value& body) {
  const Value& first = body.is_list() && body.size() ? body.items()[0] : body;
  for (const std::string_view field : {"message", "error_description", "error", "errors"}) {
    const Value* said = first.find(field);
    if (said && said->is_string()) {
      return std::string(said->as_string());
    }
    if (said && said->is_list() && said->size()) {  // Bitbucket Server: errors[0].message
      return message_in(*said);
    }
    if (said && said->is_map()) {  // Bitbucket: error.message
      return message_in(*said);
    }
  }
  return "";
}

[[noreturn]] void over(const std::string& what, std::size_t limit) {
  throw Error(ErrorCode::limit, "more than " + std::to_string(limit) + " " + what);
}

}  // namespace

BaseUrl split_base(const std::string& url) {
  http::parse_address(url);
  const std::size_t authority = url.find("://") + 3;
  const std::size_t slash = std::min(url.find('/', authority), url.size());
  if (url.find_first_of("?#") != std::string::npos || url.substr(0, slash).find('@') != url.npos) {
    throw Error(ErrorCode::config,
                "the URL of an API may have neither a user nor a query; set tokens in the "
                "environment");
  }
  return {url.substr(0, slash), url.substr(slash)};
}

Session::Session(http::Client& network,
                 Account account,
                 const Limits& limits,
                 http::Deadline deadline)
    : network_(network),
      account_(std::move(account)),
      limits_(limits),
      deadline_(deadline),
      server_(network_.server(account_.endpoint,
                              http::fixed({.authorization = account_.authorization}))) {}

http::Answer Session::get(const std::string& path, http::Redirects redirects) {
  return send({.path = path, .headers = {{"Accept", account_.accept}}, .redirects = redirects});
}

http::Answer Session::send(http::Request request) {
  if (++requests_ > limits_.requests) {
    over("requests for one generator", limits_.requests);
  }
  request.path = account_.prefix + request.path;
  request.response_bytes = limits_.response_bytes;
  http::Answer answer = network_.ask(server_, std::move(request), deadline_);
  if (answer.error) {
    std::rethrow_exception(answer.error);
  }
  if ((bytes_ += answer.response.body.size()) > limits_.total_bytes) {
    over("bytes for one generator", limits_.total_bytes);
  }
  return answer;
}

Value Session::json_if_any(const http::Answer& answer) const {
  return trim(answer.response.body).empty() ? Value::null() : json(answer);
}

Value Session::json(const http::Answer& answer) const {
  try {
    return yaml::parse_json(answer.response.body).value;
  } catch (const Error& error) {
    // the parser's message may quote the text
    throw Error(error.code() == ErrorCode::limit ? ErrorCode::limit : ErrorCode::server,
                answer.asked + ": the answer is not JSON that can be read (" +
                    std::to_string(answer.response.body.size()) + " bytes, content type \"" +
                    printable(answer.response.content_type) + "\")");
  }
}

std::string Session::said_in(const http::Response& response) const {
  std::string text;
  try {
    yaml::Options options;
    options.budget.text_bytes = 64u << 10;
    text = message_in(yaml::parse_json(response.body, options).value);
  } catch (const Error&) {
    return "";  // a page for people, perhaps
  }
  for (const std::string& secret : account_.secrets) {
    if (!secret.empty() && text.find(secret) != std::string::npos) {
      return "";
    }
  }
  return printable(text.substr(0, max_said)) + (text.size() > max_said ? "…" : "");
}

Error Session::failure(const http::Answer& answer) const {
  const int status = answer.response.status;
  const Error error = http::error_of_status(status, answer.asked, said_in(answer.response));
  const bool unknown_to_it = status == 401 || status == 403 || status == 404;
  return unknown_to_it && !account_.hint.empty()
             ? Error(error.code(), error.message() + "; " + account_.hint)
             : error;
}

void Session::expect_success(const http::Answer& answer) const {
  if (answer.response.status < 200 || answer.response.status > 299) {
    throw failure(answer);
  }
}

Value Session::get_json(const std::string& path) {
  const http::Answer answer = get(path);
  expect_success(answer);
  return json(answer);
}

void Session::pages(std::string path, const ReadPage& read) {
  for (std::size_t page = 1; !path.empty(); ++page) {
    if (page > limits_.pages) {
      over("pages in one list", limits_.pages);
    }
    const http::Answer answer = get(path);
    try {
      path = read(answer);
    } catch (Error& error) {
      if (error.message().find(answer.asked) == std::string::npos) {
        error.add_context(answer.asked);
      }
      throw;
    }
  }
}

void Session::count_items(std::size_t count) {
  if ((items_ += count) > limits_.items) {
    over("items for one generator", limits_.items);
  }
}

std::string Session::path_of_link(const std::string& link) const {
  const std::string target = http::target_at(http::parse_address(account_.endpoint.url), link);
  if (!target.starts_with(account_.prefix) || target.empty()) {
    throw Error(ErrorCode::server,
                "the link to the next page leads to another place, which is not asked: " +
                    printable(link.substr(0, link.find('?'))));
  }
  return target.substr(account_.prefix.size());
}

}  // namespace celldrift::services
