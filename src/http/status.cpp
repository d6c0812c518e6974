#include "celldrift/http/status.hpp"

namespace celldrift::http {
namespace {

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

}  // namespace

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

Error error_of_status(int status, const std::string& asked, std::string_view said) {
  const StatusMeaning meaning = meaning_of(status);
  std::string text = asked + ": ";
  text +=
      meaning.meaning.empty() ? "status " + std::to_string(status) : std::string(meaning.meaning);
  text += said.empty() ? "" : ": " + std::string(said);
  return Error(meaning.code, text);
}

}  // namespace celldrift::http
