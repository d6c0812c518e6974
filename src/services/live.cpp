#include "celldrift/core/error.hpp"
#include "celldrift/services/services.hpp"
#include "services/accounts.hpp"
#include "services/plugin.hpp"
#include "services/pull_requests.hpp"
#include "services/repository_filters.hpp"

namespace celldrift::services {
namespace {

using From = Fields::From;

struct Ask {
  http::Client& network;
  const LiveOptions& options;
  http::Deadline deadline;
};

using MakeAccount = Account (*)(const Fields& spec, const LiveOptions& options);

Account bitbucket_scm_account(const Fields& spec, const LiveOptions& options) {
  return bitbucket_account(spec, options, Generator::scm_provider);
}

Account bitbucket_pr_account(const Fields& spec, const LiveOptions& options) {
  return bitbucket_account(spec, options, Generator::pull_request);
}

struct ScmKind {
  std::string_view field;
  MakeAccount account;  // nullptr: not supported
  std::unique_ptr<ScmProvider> (*make)(Session&, const Fields&, std::string protocol);
};
// In the order in which Argo CD looks for them; the first that is there is taken.
constexpr ScmKind scm_kinds[] = {
    {"github", github_account, github_repositories},
    {"gitlab", gitlab_account, gitlab_repositories},
    {"gitea", gitea_account, gitea_repositories},
    {"bitbucketServer", bitbucket_server_account, bitbucket_server_repositories},
    {"azureDevOps", nullptr, nullptr},
    {"bitbucket", bitbucket_scm_account, bitbucket_repositories},
    {"awsCodeCommit", nullptr, nullptr},
};

struct PullRequestKind {
  std::string_view field;
  MakeAccount account;
  std::vector<PullRequest> (*list)(Session&, const Fields&);
};
constexpr PullRequestKind pull_request_kinds[] = {
    {"github", github_account, github_pull_requests},
    {"gitlab", gitlab_account, gitlab_pull_requests},
    {"gitea", gitea_account, gitea_pull_requests},
    {"bitbucketServer", bitbucket_server_account, bitbucket_server_pull_requests},
    {"bitbucket", bitbucket_pr_account, bitbucket_pull_requests},
    {"azuredevops", nullptr, nullptr},
};

// The first kind that the generator states. Throws Error(config) when it states none,
// Error(unsupported) for one that only recordings answer.
template <typename Kinds>
const auto& kind_of(const Kinds& kinds, const Fields& generator, const std::string& none) {
  for (const auto& kind : kinds) {
    const Value* stated = generator.present(kind.field);
    if (stated && !kind.account) {
      throw Error(ErrorCode::unsupported,
                  std::string(kind.field) +
                      " is not asked live; give its answer with --generator-inputs FILE",
                  stated->mark());
    }
    if (stated) {
      return kind;
    }
  }
  throw Error(ErrorCode::config, none, generator.value().mark());
}

Value text_list(const std::vector<std::string>& texts) {
  Value::List items;
  for (const std::string& text : texts) {
    items.push_back(Value::string(text));
  }
  return Value::list(std::move(items));
}

Value value_of(const Repository& repository) {
  return Value::map({{"organization", Value::string(repository.organization)},
                     {"repository", Value::string(repository.name)},
                     {"repository_id", repository.id},
                     {"url", Value::string(repository.url)},
                     {"branch", Value::string(repository.branch)},
                     {"sha", Value::string(repository.sha)},
                     {"labels", text_list(repository.labels)}});
}

Value value_of(const PullRequest& pull_request) {
  return Value::map(
      {{"number", Value::integer(pull_request.number)},
       {"title", Value::string(pull_request.title)},
       {"branch", Value::string(pull_request.branch)},
       {"target_branch", Value::string(pull_request.target_branch)},
       {"head_sha", Value::string(pull_request.head_sha)},
       {"labels", pull_request.labels ? text_list(*pull_request.labels) : Value::null()},
       {"author", Value::string(pull_request.author)}});
}

template <typename Items>
Value list_of(const Items& items) {
  Value::List values;
  for (const auto& item : items) {
    values.push_back(value_of(item));
  }
  return Value::list(std::move(values));
}

Account told_of(Account account, const LiveOptions& options) {
  if (account.endpoint.insecure_skip_tls_verify && options.unverified) {
    options.unverified(account.endpoint.url);
  }
  return account;
}

Value ask_scm_provider(const Ask& ask, const fleet::ServiceQuestion& question) {
  const Fields generator(question.spec, From::spec, "scmProvider");
  const ScmKind& kind = kind_of(scm_kinds, generator, "no SCM provider implementation configured");
  const Fields spec = generator.needed_object(kind.field);
  Account account = told_of(kind.account(spec, ask.options), ask.options);
  Session session(ask.network, std::move(account), ask.options.limits, ask.deadline);
  const auto provider = kind.make(session, spec, generator.text("cloneProtocol"));
  return list_of(
      filtered_repositories(*provider, generator.objects("filters"), ask.options.at_once));
}

Value ask_pull_request(const Ask& ask, const fleet::ServiceQuestion& question) {
  const Fields generator(question.spec, From::spec, "pullRequest");
  const PullRequestKind& kind =
      kind_of(pull_request_kinds, generator, "no Pull Request provider implementation configured");
  const Fields spec = generator.needed_object(kind.field);
  Account account = told_of(kind.account(spec, ask.options), ask.options);
  Session session(ask.network, std::move(account), ask.options.limits, ask.deadline);
  const PullRequestFilters filters(generator.objects("filters"));
  try {
    return list_of(filters.kept(kind.list(session, spec)));
  } catch (const RepositoryNotFound& error) {
    if (generator.flag("continueOnRepoNotFoundError")) {
      return Value::list({});
    }
    throw Error(error);
  }
}

Value ask_plugin_of(const Ask& ask, const fleet::ServiceQuestion& question) {
  return ask_plugin(ask.network, ask.options, question, ask.deadline);
}

struct QuestionKind {
  std::string_view name;
  Value (*answer)(const Ask&, const fleet::ServiceQuestion&);
};
constexpr QuestionKind question_kinds[] = {{"scmProvider", ask_scm_provider},
                                           {"pullRequest", ask_pull_request},
                                           {"plugin", ask_plugin_of}};

}  // namespace

Live::Live(http::Client& network, LiveOptions options)
    : network_(network), options_(std::move(options)) {}

Value Live::ask(const fleet::ServiceQuestion& question) {
  const Ask ask{network_, options_, std::chrono::steady_clock::now() + options_.time};
  for (const QuestionKind& kind : question_kinds) {
    if (kind.name == question.kind) {
      return kind.answer(ask, question);
    }
  }
  throw Error(ErrorCode::internal, "no service answers a generator of kind " + question.kind);
}

}  // namespace celldrift::services
