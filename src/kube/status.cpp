#include "kube/status.hpp"

#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"

namespace celldrift::kube {
namespace {

constexpr std::size_t max_parsed = 64u << 10;
constexpr std::size_t max_shown = 500;

std::string message_of_status(const std::string& body) {
  try {
    const Value status = yaml::parse_json(body).value;
    return std::string(status.string_at({"kind"}) == "Status" ? status.string_at({"message"}) : "");
  } catch (const Error&) {
    return "";  // not JSON: there is nothing to quote
  }
}

std::string first_line(const std::string& body) {
  const std::string_view text = trim(body);
  return std::string(text.substr(0, text.find('\n')));
}

}  // namespace

std::string message_of(const Response& response, const std::string& secret) {
  if (response.body.size() > max_parsed) {
    return "";
  }
  std::string text;
  if (response.content_type.starts_with("application/json")) {
    text = message_of_status(response.body);
  } else if (response.content_type.starts_with("text/plain")) {
    text = first_line(response.body);
  }
  if (!secret.empty() && text.find(secret) != std::string::npos) {
    return "";
  }
  return printable(text.substr(0, max_shown)) + (text.size() > max_shown ? "…" : "");
}

}  // namespace celldrift::kube
