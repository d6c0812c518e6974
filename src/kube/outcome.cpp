#include "kube/outcome.hpp"

#include "celldrift/core/text.hpp"
#include "kube/status.hpp"

#include <algorithm>
#include <cmath>

namespace celldrift::kube {
namespace {

using namespace std::chrono_literals;

constexpr auto longest_pause = 10'000ms;

// Kubernetes answers 500 while etcd elects a leader, and 504 when it takes too long; both pass.
bool passing_status(int status) {
  return status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
}

struct StatusMeaning {
  int status;
  ErrorCode code;
  std::string_view meaning;
};
constexpr StatusMeaning meanings[] = {
    {401, ErrorCode::auth, "401 unauthorized: the credentials were not accepted"},
    {403, ErrorCode::forbidden, "403 forbidden"},
    {404, ErrorCode::not_found, "404 not found"},
    {410, ErrorCode::not_found, "410 gone"},
    {429, ErrorCode::server, "429 too many requests"},
};

StatusMeaning meaning_of(int status) {
  for (const StatusMeaning& each : meanings) {
    if (each.status == status) {
      return each;
    }
  }
  return {status, ErrorCode::server, ""};
}

std::exception_ptr error_of_status(const Response& response,
                                   const std::string& asked,
                                   const std::string& secret) {
  const StatusMeaning meaning = meaning_of(response.status);
  std::string text = asked + ": ";
  text += meaning.meaning.empty() ? "status " + std::to_string(response.status)
                                  : std::string(meaning.meaning);
  const std::string said = message_of(response, secret);
  text += said.empty() ? "" : ": " + said;
  if (response.status == 410) {
    return std::make_exception_ptr(ExpiredContinue(text));
  }
  return std::make_exception_ptr(Error(meaning.code, text));
}

std::string_view lead_of(Trouble trouble) {
  switch (trouble) {
    case Trouble::connect:
      return "cannot connect";
    case Trouble::interrupted:
      return "the connection broke";
    case Trouble::timeout:
      return "no answer in time";
    case Trouble::too_large:
      return "the answer is too large";
    case Trouble::untrusted:
      return "the server's certificate is not trusted";
    case Trouble::setup:
      return "the connection's settings cannot be used";
    case Trouble::none:
      break;
  }
  return "";
}

ErrorCode code_of(Trouble trouble) {
  switch (trouble) {
    case Trouble::too_large:
      return ErrorCode::limit;
    case Trouble::setup:
      return ErrorCode::config;
    default:
      return ErrorCode::network;
  }
}

}  // namespace

bool worth_retrying(const Outcome& outcome, int made, int retries) {
  switch (outcome.trouble) {
    case Trouble::none:
      return passing_status(outcome.response.status) && made <= retries;
    case Trouble::interrupted:
      return made <= retries;
    case Trouble::connect:
    case Trouble::timeout:
      // These last long already, and a dead cell should be known to be dead soon.
      return made <= std::min(retries, 2);
    default:
      return false;
  }
}

std::chrono::milliseconds pause_before_retry(const Outcome& outcome,
                                             int made,
                                             std::chrono::milliseconds first,
                                             double chance) {
  if (outcome.retry_after) {
    return std::min<std::chrono::seconds>(*outcome.retry_after, 24h);  // more would only overflow
  }
  const double whole = static_cast<double>(first.count()) * std::exp2(std::min(made - 1, 16));
  const double capped = std::min(whole, static_cast<double>(longest_pause.count()));
  return std::chrono::milliseconds(static_cast<long>(capped * (0.5 + chance / 2)));
}

std::exception_ptr error_of(const Outcome& outcome,
                            const std::string& asked,
                            const std::string& secret) {
  if (outcome.trouble == Trouble::none) {
    return outcome.response.status == 200 ? nullptr
                                          : error_of_status(outcome.response, asked, secret);
  }
  std::string text = asked + ": " + std::string(lead_of(outcome.trouble));
  text += outcome.detail.empty() ? "" : ": " + printable(outcome.detail);
  return std::make_exception_ptr(Error(code_of(outcome.trouble), text));
}

}  // namespace celldrift::kube
