// Where each provider's API is, and with which token from the environment it is asked.
#pragma once

#include "celldrift/services/services.hpp"
#include "services/fields.hpp"
#include "services/session.hpp"

#include <string>

namespace celldrift::services {

enum class Generator { scm_provider, pull_request };

// The account for what a generator has below a provider's name. Throws Error(config) for a wrong
// URL, Error(auth) when the spec names a Secret and the environment has no token in its place.
Account github_account(const Fields& spec, const LiveOptions& options);
Account gitlab_account(const Fields& spec, const LiveOptions& options);
Account gitea_account(const Fields& spec, const LiveOptions& options);
Account bitbucket_account(const Fields& spec, const LiveOptions& options, Generator generator);
Account bitbucket_server_account(const Fields& spec, const LiveOptions& options);

}  // namespace celldrift::services
