#include "services/accounts.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "services/secrets.hpp"

namespace celldrift::services {
namespace {

void add_authorities(const Fields& spec, const LiveOptions& options, Account& account) {
  const std::optional<Fields> reference = spec.object("caRef");
  if (!reference) {
    return;
  }
  const std::string name = reference->text("configMapName");
  const std::string key = reference->text("key");
  const std::optional<Value> map =
      options.objects ? options.objects->config_map(name) : std::nullopt;
  const Value* pem = map ? map->find({"data", key}) : nullptr;
  if (!pem || !pem->is_string()) {
    throw Error(ErrorCode::config,
                "caRef: there is no ConfigMap " + printable(name) + " with the key " +
                    printable(key) + "; give it with --generator-inputs, or read it from the hub",
                reference->value().mark());
  }
  account.endpoint.ca_pem = pem->as_string();
}

Account account_at(const std::string& url, const Secret& secret) {
  const BaseUrl base = split_base(url);
  Account account;
  account.endpoint.url = base.origin;
  account.prefix = base.path;
  account.hint = hint_for(secret);
  return account;
}

void sign_in(Account& account, const std::string& scheme, const std::string& token) {
  if (!token.empty()) {
    account.authorization = scheme + " " + token;
    account.secrets.push_back(token);
  }
}

void sign_in_basic(Account& account, const std::string& user, const std::string& password) {
  if (!user.empty() || !password.empty()) {
    sign_in(account, "Basic", base64_encode(user + ":" + password));
    account.secrets.push_back(password);
  }
}

void end_in(std::string& text, std::string_view end) {
  if (!text.ends_with(end)) {
    text += end;
  }
}

// As go-github's WithEnterpriseURLs.
void complete_github(Account& account) {
  const std::string host = account.endpoint.url.substr(account.endpoint.url.find("://") + 3);
  end_in(account.prefix, "/");
  if (!host.starts_with("api.") && host.find(".api.") == std::string::npos) {
    end_in(account.prefix, "/api/v3/");
  }
}

std::string bitbucket_url(const Fields& spec, const LiveOptions& options, Generator generator) {
  if (generator == Generator::pull_request) {
    const std::string url = spec.text("api");
    return url.empty() ? options.bitbucket_api : url;
  }
  const std::string url = first_set(options.environment, {"BITBUCKET_API_BASE_URL"}).value_or("");
  return url.empty() ? options.bitbucket_api : url;
}

std::string needed_url(const Fields& spec, const std::string& provider) {
  const std::string url = spec.text("api");
  if (url.empty()) {
    throw Error(
        ErrorCode::config, provider + " needs `api`, the URL of the server", spec.value().mark());
  }
  return url;
}

}  // namespace

Account github_account(const Fields& spec, const LiveOptions& options) {
  if (!spec.text("appSecretName").empty()) {
    throw Error(ErrorCode::unsupported,
                "appSecretName: signing in as a GitHub App is not supported; record the answer "
                "(celldrift apps --record FILE) with a token, and give it with --generator-inputs",
                spec.present("appSecretName")->mark());
  }
  const std::string url = spec.text("api");
  Account account = account_at(url.empty() ? "https://api.github.com" : url, github_token);
  complete_github(account);
  // the preview is what older servers need to tell a repository's topics
  account.accept = "application/vnd.github.mercy-preview+json, application/vnd.github.v3+json";
  account.endpoint.headers.push_back({"X-GitHub-Api-Version", "2022-11-28"});
  sign_in(account,
          "Bearer",
          secret_for(account.endpoint.url, spec, "tokenRef", github_token, options.environment));
  return account;
}

Account gitlab_account(const Fields& spec, const LiveOptions& options) {
  const std::string url = spec.text("api");
  Account account = account_at(url.empty() ? "https://gitlab.com" : url, gitlab_token);
  end_in(account.prefix, "/");
  if (!account.prefix.ends_with("api/v4/")) {
    account.prefix += "api/v4/";
  }
  const std::string token =
      secret_for(account.endpoint.url, spec, "tokenRef", gitlab_token, options.environment);
  if (!token.empty()) {
    account.endpoint.headers.push_back({"Private-Token", token});
    account.secrets.push_back(token);
  }
  account.endpoint.insecure_skip_tls_verify = spec.flag("insecure");
  add_authorities(spec, options, account);
  return account;
}

Account gitea_account(const Fields& spec, const LiveOptions& options) {
  Account account = account_at(needed_url(spec, "gitea"), gitea_token);
  if (account.prefix.ends_with('/')) {
    account.prefix.pop_back();
  }
  account.prefix += "/api/v1";
  sign_in(account,
          "token",
          secret_for(account.endpoint.url, spec, "tokenRef", gitea_token, options.environment));
  account.endpoint.insecure_skip_tls_verify = spec.flag("insecure");
  return account;
}

Account bitbucket_account(const Fields& spec, const LiveOptions& options, Generator generator) {
  const std::optional<Fields> bearer = spec.object("bearerToken");
  const std::optional<Fields> basic = spec.object("basicAuth");
  const bool scm = generator == Generator::scm_provider;
  Account account = account_at(bitbucket_url(spec, options, generator),
                               scm || basic ? bitbucket_password : bitbucket_token);
  const std::string token =
      secret_for(account.endpoint.url,
                 bearer.value_or(Fields(Value::map({}), Fields::From::spec, "bearerToken")),
                 "tokenRef",
                 bitbucket_token,
                 options.environment);
  if (bearer || (!basic && !token.empty())) {
    sign_in(account, "Bearer", token);
  } else if (scm || basic) {
    const Fields& signing = scm ? spec : *basic;
    const std::string user = signing.text(scm ? "user" : "username");
    const std::string password = secret_for(account.endpoint.url,
                                            signing,
                                            scm ? "appPasswordRef" : "passwordRef",
                                            bitbucket_password,
                                            options.environment);
    if (!user.empty() && !password.empty()) {
      sign_in_basic(account, user, password);
    }
  }
  return account;
}

Account bitbucket_server_account(const Fields& spec, const LiveOptions& options) {
  const std::optional<Fields> bearer = spec.object("bearerToken");
  const std::optional<Fields> basic = spec.object("basicAuth");
  Account account = account_at(needed_url(spec, "bitbucketServer"),
                               basic && !bearer ? server_password : server_token);
  if (account.prefix.ends_with("/rest/")) {
    account.prefix.pop_back();
  } else if (!account.prefix.ends_with("/rest")) {
    account.prefix += "/rest";
  }
  if (bearer || basic) {
    // avoids the server's check against requests that a browser was tricked into
    account.endpoint.headers = {{"X-Atlassian-Token", "no-check"},
                                {"X-Requested-With", "XMLHttpRequest"}};
  }
  if (bearer) {
    sign_in(
        account,
        "Bearer",
        secret_for(account.endpoint.url, *bearer, "tokenRef", server_token, options.environment));
  } else if (basic) {
    sign_in_basic(
        account,
        basic->text("username"),
        secret_for(
            account.endpoint.url, *basic, "passwordRef", server_password, options.environment));
  }
  account.endpoint.insecure_skip_tls_verify = spec.flag("insecure");
  add_authorities(spec, options, account);
  return account;
}

}  // namespace celldrift::services
