// Answers to what scmProvider, pullRequest and plugin generators ask: live, over the REST APIs of
// GitHub, GitLab, Gitea, Bitbucket and Bitbucket Server as Argo CD 3.5.7 asks them, and recorded.
// All of them are thread-safe.
#pragma once

#include "celldrift/fleet/inputs.hpp"
#include "celldrift/http/client.hpp"
#include "celldrift/services/recording.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace celldrift::services {

// The value of an environment variable; nothing when it is not set.
using Environment = std::function<std::optional<std::string>(std::string_view name)>;
Environment process_environment();

// What one question may cost. Past it: Error(limit).
struct Limits {
  std::size_t pages = 1'000;  // of one listing
  std::size_t items = 100'000;
  std::size_t requests = 100'000;
  std::size_t response_bytes = 32u << 20;
  std::size_t total_bytes = 1u << 30;
};

struct LiveOptions {
  // ConfigMaps: a plugin's, and those with the certificate authorities that `caRef` names. Without
  // it, generators that need one are an Error that says so.
  fleet::ArgoObjects* objects = nullptr;
  // Tokens come from here. By provider, the first that is set; set to "" means none on purpose:
  //   github           CELLDRIFT_GITHUB_TOKEN, GITHUB_TOKEN
  //   gitlab           CELLDRIFT_GITLAB_TOKEN, GITLAB_TOKEN
  //   gitea            CELLDRIFT_GITEA_TOKEN, GITEA_TOKEN
  //   bitbucket        CELLDRIFT_BITBUCKET_TOKEN, BITBUCKET_TOKEN (bearer),
  //                    CELLDRIFT_BITBUCKET_PASSWORD, BITBUCKET_APP_PASSWORD (the spec has the user)
  //   bitbucketServer  CELLDRIFT_BITBUCKET_SERVER_TOKEN, BITBUCKET_SERVER_TOKEN (bearer),
  //                    CELLDRIFT_BITBUCKET_SERVER_PASSWORD, BITBUCKET_SERVER_PASSWORD
  //   plugin           CELLDRIFT_PLUGIN_TOKEN_<CONFIGMAP'S NAME>, CELLDRIFT_PLUGIN_TOKEN
  // ApplicationSets are untrusted, and say whom to ask. So a token goes to the provider's own
  // server (api.github.com, gitlab.com, api.bitbucket.org), and besides to the one that is named by
  // CELLDRIFT_GITHUB_API or GITHUB_API_URL, CELLDRIFT_GITLAB_API or CI_API_V4_URL,
  // CELLDRIFT_GITEA_API, CELLDRIFT_BITBUCKET_API or BITBUCKET_API_BASE_URL,
  // CELLDRIFT_BITBUCKET_SERVER_API, CELLDRIFT_PLUGIN_URL_<CONFIGMAP'S NAME> or
  // CELLDRIFT_PLUGIN_URL. Secrets of the cluster are never read. A generator that names one, where
  // no token is set or it may not be sent, is an Error(auth): without the token the answer might be
  // another, and shorter.
  Environment environment = process_environment();
  // Where bitbucket's scmProvider, whose spec has no `api`, asks, and pullRequest without one.
  // BITBUCKET_API_BASE_URL, as Argo CD's library has it, wins for the former.
  std::string bitbucket_api = "https://api.bitbucket.org/2.0";
  // Told of each question that goes to a server whose certificate is not verified, because the
  // generator says `insecure: true`; may be empty. Called from the thread that asks.
  std::function<void(const std::string& server)> unverified;
  std::chrono::milliseconds time{600'000};  // for one question
  std::size_t at_once = 8;                  // requests in flight for one question
  Limits limits{};
};

// Asks the services themselves. Throws Error(unsupported) for azureDevOps, awsCodeCommit and GitHub
// Apps, which recorded answers serve; auth, forbidden, not_found, server, network as http has them.
class Live final : public fleet::Services {
 public:
  Live(http::Client& network, LiveOptions options);
  Value ask(const fleet::ServiceQuestion& question) override;

 private:
  http::Client& network_;
  const LiveOptions options_;
};

// Answers from a recording. Throws Error(config) with the entry to record when it has none.
class Recorded final : public fleet::Services {
 public:
  explicit Recorded(Recording recording);
  Value ask(const fleet::ServiceQuestion& question) override;

  // Nothing when no entry matches. One for this very ApplicationSet comes before one for all.
  std::optional<Value> find(const fleet::ServiceQuestion& question) const;

 private:
  std::map<std::string, Value> answers_;
};

// Passes questions on, and keeps the answers.
class Recorder final : public fleet::Services {
 public:
  explicit Recorder(fleet::Services& behind) : behind_(behind) {}
  Value ask(const fleet::ServiceQuestion& question) override;

  // What was answered so far, in an order that does not depend on timing. An entry names its
  // ApplicationSet only where two sets got different answers to the same question, and for plugins,
  // which are told who asks.
  Recording recording() const;

 private:
  fleet::Services& behind_;
  mutable std::mutex mutex_;
  std::map<std::string, RecordedAnswer> answers_;
};

// Recorded answers first; what they lack is asked live if that is allowed, and otherwise an
// Error(config) that says how to record it and how to allow it. Either may be missing.
class Answers final : public fleet::Services {
 public:
  Answers(const Recorded* recorded, fleet::Services* live) : recorded_(recorded), live_(live) {}
  Value ask(const fleet::ServiceQuestion& question) override;

 private:
  const Recorded* recorded_;
  fleet::Services* live_;
};

}  // namespace celldrift::services
