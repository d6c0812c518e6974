// Tokens from the environment, and whom each may be sent to.
#pragma once

#include "celldrift/services/services.hpp"
#include "services/fields.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::services {

// A kind of credential: where the environment has it, and whom it is for.
struct Secret {
  const char* what;
  std::vector<std::string> variables;
  std::vector<std::string> api_variables;  // the addresses that it may go to, and
  const char* home;                        // the provider's own
};
extern const Secret github_token;
extern const Secret gitlab_token;
extern const Secret gitea_token;
extern const Secret bitbucket_token;
extern const Secret bitbucket_password;
extern const Secret server_token;  // Bitbucket Server's
extern const Secret server_password;

// What to do when a service does not know us.
std::string hint_for(const Secret& secret);

// What to sign in to the server at `url` with; "" for nothing: on purpose, or because neither the
// generator nor the environment says that there is something. `reference` is the field of `spec`
// that names a Secret of the cluster. Throws Error(auth) when it does, and there is none in its
// place, or none that may be sent there.
std::string secret_for(const std::string& url,
                       const Fields& spec,
                       std::string_view reference,
                       const Secret& secret,
                       const Environment& environment);

// The value of the first of the variables that is set, if any is.
std::optional<std::string> first_set(const Environment& environment,
                                     const std::vector<std::string>& variables);

// True when both URLs are of one server: scheme, host and port.
bool same_server(const std::string& url, const std::string& other);

}  // namespace celldrift::services
