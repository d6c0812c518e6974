#include "kube/aws_identity.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/http/address.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "kube/aws_endpoints.hpp"
#include "kube/aws_sts.hpp"
#include "kube/process.hpp"

#include <algorithm>
#include <atomic>

namespace celldrift::kube {
namespace {

constexpr std::size_t max_token_bytes = 1u << 20;
constexpr std::size_t max_chain = 8;  // of source profiles

[[noreturn]] void refuse(const std::string& why) {
  throw Error(ErrorCode::auth, "AWS credentials: " + why);
}

std::string setting(const AwsProfile& profile, const std::string& key) {
  const auto found = profile.find(key);
  return found == profile.end() ? "" : found->second;
}

std::string first_of(std::initializer_list<std::string> texts) {
  const auto found = std::ranges::find_if(texts, [](const auto& text) { return !text.empty(); });
  return found == texts.end() ? "" : *found;
}

// What credential processes and containers answer with. The text itself must not get into a
// message.
AwsKeys keys_of_json(const std::string& text, const std::string& token, const std::string& where) {
  Value value;
  try {
    value = yaml::parse_json(text).value;
  } catch (const Error&) {
    refuse(where + " gave no JSON");
  }
  return complete_keys({std::string(value.string_at({"AccessKeyId"})),
                        std::string(value.string_at({"SecretAccessKey"})),
                        std::string(value.string_at({token}))},
                       where);
}

class Search {
 public:
  explicit Search(const AwsSurroundings& around)
      : around_(around), profiles_(aws_profiles(around.environment)) {}

  AwsIdentity run(const std::string& named) {
    const std::string name = first_of({named, env("AWS_PROFILE"), env("AWS_DEFAULT_PROFILE")});
    const AwsProfile profile = profile_of(first_of({name, "default"}), !name.empty());
    AwsIdentity identity;
    identity.region =
        first_of({env("AWS_REGION"), env("AWS_DEFAULT_REGION"), setting(profile, "region")});
    if (identity.region.empty()) {
      refuse("no region: set AWS_REGION, or region in the profile");
    }
    const AwsPlace place{identity.region, profile, around_.environment};
    identity.sts = aws_url("sts", place);
    identity.s3 = aws_url("s3", place);
    identity.is_own_s3 = !own_aws_url("s3", place).empty();
    if (named.empty() && fill_from_environment(identity)) {
      return identity;
    }
    return from_profile(std::move(identity), profile, 0);
  }

 private:
  std::string env(const std::string& name) const { return around_.environment(name); }

  AwsProfile profile_of(const std::string& name, bool is_named) const {
    const auto found = profiles_.find(name);
    if (found == profiles_.end() && is_named) {
      refuse("there is no profile \"" + name + "\"");
    }
    return found == profiles_.end() ? AwsProfile{} : found->second;
  }

  AwsKeys environment_keys() const {
    return {first_of({env("AWS_ACCESS_KEY_ID"), env("AWS_ACCESS_KEY")}),
            first_of({env("AWS_SECRET_ACCESS_KEY"), env("AWS_SECRET_KEY")}),
            env("AWS_SESSION_TOKEN")};
  }

  bool fill_from_environment(AwsIdentity& identity) {
    const AwsKeys keys = environment_keys();
    if (!keys.id.empty() && !keys.secret.empty()) {
      identity.keys = keys;
      return true;
    }
    const std::string token_file = env("AWS_WEB_IDENTITY_TOKEN_FILE");
    if (token_file.empty()) {
      return false;
    }
    identity.keys =
        web_identity(identity, token_file, env("AWS_ROLE_ARN"), env("AWS_ROLE_SESSION_NAME"));
    return true;
  }

  AwsKeys web_identity(const AwsIdentity& identity,
                       const std::string& token_file,
                       const std::string& role_arn,
                       const std::string& session) {
    if (role_arn.empty()) {
      refuse("a web identity token without a role: set AWS_ROLE_ARN");
    }
    std::string token;
    try {
      token = read_file(token_file, max_token_bytes);
    } catch (const Error& error) {
      refuse("the web identity token: " + error.message());
    }
    return web_identity_keys(identity.sts, role_arn, session, token, around_);
  }

  AwsIdentity from_profile(AwsIdentity identity, const AwsProfile& profile, std::size_t depth) {
    const std::string role_arn = setting(profile, "role_arn");
    const std::string token_file = setting(profile, "web_identity_token_file");
    const std::string source = setting(profile, "source_profile");
    if (!role_arn.empty() && !source.empty()) {
      if (depth == max_chain) {
        refuse("source_profile leads from one to the next without end");
      }
      const AwsProfile other = profile_of(source, true);
      // A profile that names itself has its own keys in the credentials file.
      identity = other == profile ? static_or_refuse(std::move(identity), profile)
                                  : from_profile(std::move(identity), other, depth + 1);
    } else if (!token_file.empty() && setting(profile, "aws_access_key_id").empty()) {
      identity.keys =
          web_identity(identity, token_file, role_arn, setting(profile, "role_session_name"));
      return identity;
    } else {
      identity.keys = own_keys(profile);
    }
    return role_arn.empty()
               ? identity
               : with_role(std::move(identity), role_arn, role_settings(profile), around_);
  }

  static AwsIdentity static_or_refuse(AwsIdentity identity, const AwsProfile& profile) {
    identity.keys = complete_keys(static_keys(profile), "a profile that is its own source");
    return identity;
  }

  static AwsKeys static_keys(const AwsProfile& profile) {
    return {setting(profile, "aws_access_key_id"),
            setting(profile, "aws_secret_access_key"),
            setting(profile, "aws_session_token")};
  }

  static std::map<std::string, std::string> role_settings(const AwsProfile& profile) {
    std::map<std::string, std::string> extra;
    for (const auto& [key, parameter] : {std::pair{"external_id", "ExternalId"},
                                         std::pair{"role_session_name", "RoleSessionName"},
                                         std::pair{"duration_seconds", "DurationSeconds"}}) {
      if (const std::string value = setting(profile, key); !value.empty()) {
        extra[parameter] = value;
      }
    }
    return extra;
  }

  AwsKeys own_keys(const AwsProfile& profile) {
    const AwsKeys stated = static_keys(profile);
    if (!stated.id.empty() && !stated.secret.empty()) {
      return stated;
    }
    const std::string source = setting(profile, "credential_source");
    if (source == "Environment") {
      return complete_keys(environment_keys(), "credential_source = Environment");
    }
    if (profile.contains("sso_session") || profile.contains("sso_start_url")) {
      throw Error(ErrorCode::unsupported,
                  "AWS credentials: the profile signs in through SSO; put its keys into the "
                  "environment with `aws configure export-credentials --format env`");
    }
    if (const std::string process = setting(profile, "credential_process");
        !process.empty() && source.empty()) {
      return keys_of_process(process);
    }
    return container_keys();
  }

  // Named by a file of the user's own home, as a kubeconfig's plugins are.
  static AwsKeys keys_of_process(const std::string& process) {
    static const std::atomic<bool> never{false};
    const CommandResult result =
        kube::run({.program = "sh", .args = {"-c", process}, .env = {}}, {}, never);
    if (result.status != 0) {
      refuse("credential_process failed with status " + std::to_string(result.status));
    }
    return keys_of_json(result.output, "SessionToken", "credential_process");
  }

  AwsKeys container_keys() {
    const std::string relative = env("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
    const std::string full = env("AWS_CONTAINER_CREDENTIALS_FULL_URI");
    if (relative.empty() && full.empty()) {
      refuse(
          "none in the environment (AWS_ACCESS_KEY_ID, AWS_WEB_IDENTITY_TOKEN_FILE, "
          "AWS_CONTAINER_CREDENTIALS_FULL_URI) or the shared files; the role of an EC2 instance is "
          "not asked for");
    }
    const std::string url = relative.empty() ? full : "http://169.254.170.2" + relative;
    require_local(url);
    AwsQuestion question{.url = url, .headers = {}, .form = ""};
    std::string token = env("AWS_CONTAINER_AUTHORIZATION_TOKEN");
    if (const std::string file = env("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"); !file.empty()) {
      token = trim(read_file(file, max_token_bytes));
    }
    if (!token.empty()) {
      question.headers["Authorization"] = token;
    }
    return keys_of_json(around_.send(question), "Token", "the container's credentials");
  }

  // The token must not cross a network in the clear: only what is on this machine is asked by http.
  static void require_local(const std::string& url) {
    const http::Address address = http::parse_address(url);
    const bool link_local = address.host == "169.254.170.2" || address.host == "169.254.170.23" ||
                            address.host == "fd00:ec2::23";
    if (address.scheme != "https" && !link_local && !address.is_loopback()) {
      refuse("AWS_CONTAINER_CREDENTIALS_FULL_URI must be https, or on this machine");
    }
  }

  const AwsSurroundings& around_;
  std::map<std::string, AwsProfile> profiles_;
};

}  // namespace

AwsIdentity aws_identity(const std::string& profile, const AwsSurroundings& around) {
  return Search(around).run(profile);
}

}  // namespace celldrift::kube
