#include "services/secrets.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/http/address.hpp"

#include <algorithm>
#include <cstdlib>

namespace celldrift::services {
namespace {

const std::vector<std::string> bitbucket_apis{"CELLDRIFT_BITBUCKET_API", "BITBUCKET_API_BASE_URL"};

bool may_have(const Secret& secret, const std::string& url, const Environment& environment) {
  if (same_server(url, secret.home)) {
    return true;
  }
  const auto named = [&](const std::string& variable) {
    return same_server(url, environment(variable).value_or(""));
  };
  return std::any_of(secret.api_variables.begin(), secret.api_variables.end(), named);
}

}  // namespace

const Secret github_token{"token",
                          {"CELLDRIFT_GITHUB_TOKEN", "GITHUB_TOKEN"},
                          {"CELLDRIFT_GITHUB_API", "GITHUB_API_URL"},
                          "https://api.github.com"};
const Secret gitlab_token{"token",
                          {"CELLDRIFT_GITLAB_TOKEN", "GITLAB_TOKEN"},
                          {"CELLDRIFT_GITLAB_API", "CI_API_V4_URL"},
                          "https://gitlab.com"};
const Secret gitea_token{
    "token", {"CELLDRIFT_GITEA_TOKEN", "GITEA_TOKEN"}, {"CELLDRIFT_GITEA_API"}, ""};
const Secret bitbucket_token{"token",
                             {"CELLDRIFT_BITBUCKET_TOKEN", "BITBUCKET_TOKEN"},
                             bitbucket_apis,
                             "https://api.bitbucket.org"};
const Secret bitbucket_password{"password",
                                {"CELLDRIFT_BITBUCKET_PASSWORD", "BITBUCKET_APP_PASSWORD"},
                                bitbucket_apis,
                                "https://api.bitbucket.org"};
const Secret server_token{"token",
                          {"CELLDRIFT_BITBUCKET_SERVER_TOKEN", "BITBUCKET_SERVER_TOKEN"},
                          {"CELLDRIFT_BITBUCKET_SERVER_API"},
                          ""};
const Secret server_password{"password",
                             {"CELLDRIFT_BITBUCKET_SERVER_PASSWORD", "BITBUCKET_SERVER_PASSWORD"},
                             {"CELLDRIFT_BITBUCKET_SERVER_API"},
                             ""};

std::string hint_for(const Secret& secret) {
  return "set " + join(secret.variables, " or ") + " to a " + secret.what +
         " that may read it; the Secret that the generator names is in the cluster, and is not "
         "read";
}

std::string secret_for(const std::string& url,
                       const Fields& spec,
                       std::string_view reference,
                       const Secret& secret,
                       const Environment& environment) {
  const std::optional<std::string> value = first_set(environment, secret.variables);
  const Value* stated = spec.present(reference);
  if (!value && stated) {
    throw Error(
        ErrorCode::auth,
        std::string(reference) + ": " + hint_for(secret) + " (set to nothing, it is asked without)",
        stated->mark());
  }
  if (!value || value->empty() || may_have(secret, url, environment)) {
    return value.value_or("");
  }
  if (stated) {  // who writes ApplicationSets must not choose where our tokens go
    throw Error(ErrorCode::auth,
                secret.variables.back() + " is not sent to " + printable(url) +
                    ", which an ApplicationSet names; if it is for that server, set " +
                    secret.api_variables.front() + " to that address",
                stated->mark());
  }
  return "";
}

std::optional<std::string> first_set(const Environment& environment,
                                     const std::vector<std::string>& variables) {
  for (const std::string& variable : variables) {
    if (const std::optional<std::string> value = environment(variable)) {
      return std::string(trim(*value));
    }
  }
  return std::nullopt;
}

bool same_server(const std::string& url, const std::string& other) {
  try {
    return other.find("://") != other.npos &&
           !http::target_at(http::parse_address(url), other).empty();
  } catch (const Error&) {
    return false;
  }
}

Environment process_environment() {
  return [](std::string_view name) -> std::optional<std::string> {
    const char* value = std::getenv(std::string(name).c_str());
    return value ? std::optional<std::string>(value) : std::nullopt;
  };
}

}  // namespace celldrift::services
