#include "kube/dry_run.hpp"

#include "celldrift/core/text.hpp"
#include "celldrift/http/address.hpp"
#include "celldrift/http/status.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "kube/json.hpp"
#include "kube/status.hpp"

#include <algorithm>

namespace celldrift::kube {
namespace {

constexpr std::size_t max_fields = 20;

// 400: a webhook objects, or a field is unknown; 422: a value is invalid or cannot be changed.
// 403 is RBAC's as well as a webhook's, and the typed patch's conversion fails with a 500. (1.35)
bool is_refusal(int status, std::string_view message) {
  return status == 400 || status == 422 ||
         message.find("denied the request") != std::string_view::npos ||
         message.starts_with("failed to create typed patch object");
}

// The fields that the server's Status names; they hold no values.
std::vector<std::string> named_fields(const Response& response) {
  std::vector<std::string> fields;
  try {
    const Value status = yaml::parse_json(response.body).value;
    const Value* causes = status.find({"details", "causes"});
    for (const Value& cause : causes != nullptr ? causes->items() : std::span<const Value>()) {
      fields.push_back(printable(cause.string_at({"field"})));
    }
  } catch (const Error&) {
    // not JSON, or not a Status: it names none
  }
  fields.resize(std::min(fields.size(), max_fields));
  return fields;
}

// A Secret's refusal quotes what is wrong with it.
std::string about_secret(const Response& response) {
  const auto fields = named_fields(response);
  return "status " + std::to_string(response.status) +
         (fields.empty() ? "" : " because of " + join(fields, ", ")) +
         "; the message is left out, as it may quote the Secret";
}

}  // namespace

std::string dry_run_path(const DryRunTarget& target) {
  const bool is_core = target.api_version.find('/') == std::string::npos;
  std::string path = is_core ? "/api" : "/apis";
  path += "/" + http::url_encoded(target.api_version, "-._~/");
  path += target.ns.empty() ? "" : "/namespaces/" + http::url_encoded(target.ns);
  path += "/" + http::url_encoded(target.resource) + "/" + http::url_encoded(target.name);
  return path + "?dryRun=All&fieldManager=argocd-controller&force=true";
}

Value without_server_fields(const Value& object) {
  const Value* metadata = object.find("metadata");
  if (metadata == nullptr || !metadata->is_map()) {
    return object.without("status");
  }
  Value kept = *metadata;
  for (const char* field : {"uid",
                            "resourceVersion",
                            "generation",
                            "creationTimestamp",
                            "deletionTimestamp",
                            "selfLink",
                            "managedFields"}) {
    kept = kept.without(field);
  }
  return object.without("status").with("metadata", std::move(kept));
}

DryRunAnswer read_dry_run(const http::Answer& answer, bool is_secret) {
  if (answer.error) {
    std::rethrow_exception(answer.error);
  }
  const Response& response = answer.response;
  if (response.status == 200 || response.status == 201) {
    return {.object = parse_body(response, answer.asked)};
  }
  const std::string message = message_of(response, answer.secret);
  if (is_refusal(response.status, message)) {
    return {.refused = is_secret ? about_secret(response) : message};
  }
  throw http::error_of_status(response.status, answer.asked, is_secret ? "" : message);
}

}  // namespace celldrift::kube
