#include "kube/aws_profile.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"

#include <cctype>
#include <filesystem>

namespace celldrift::kube {
namespace {

constexpr std::size_t max_bytes = 4u << 20;
constexpr std::string_view profile_prefix = "profile ";

using Profiles = std::map<std::string, AwsProfile>;

// In the config file profiles are "[profile NAME]" and "[default]"; other sections (sso-session,
// services) are no profiles. In the credentials file they are "[NAME]".
enum class FileKind { config, credentials };

std::string profile_of(std::string_view line, FileKind kind) {
  const std::string_view name = trim(line.substr(1, line.find(']') - 1));
  if (kind == FileKind::credentials || name == "default") {
    return std::string(name);
  }
  return name.starts_with(profile_prefix) ? std::string(trim(name.substr(profile_prefix.size())))
                                          : "";
}

// A comment after a value begins with a blank; secret keys may have "#" in them.
std::string_view without_comment(std::string_view value) {
  for (const std::string_view begin : {" #", " ;", "\t#", "\t;"}) {
    value = value.substr(0, value.find(begin));
  }
  return trim(value);
}

void read_lines(std::string_view text, FileKind kind, Profiles& profiles) {
  std::string profile;
  for (const std::string_view line : split(text, '\n')) {
    const bool is_nested = !line.empty() && std::isspace(static_cast<unsigned char>(line.front()));
    const std::string_view content = trim(line);
    if (content.empty() || content.front() == '#' || content.front() == ';' || is_nested) {
      continue;  // what is indented belongs to a setting that is a map (s3 = ...)
    }
    if (content.front() == '[') {
      profile = profile_of(content, kind);
      if (!profile.empty()) {
        profiles[profile];
      }
      continue;
    }
    const std::size_t equals = content.find('=');
    if (!profile.empty() && equals != std::string_view::npos) {
      profiles[profile][lower(trim(content.substr(0, equals)))] =
          without_comment(content.substr(equals + 1));
    }
  }
}

void read_profiles(const std::string& path, FileKind kind, Profiles& profiles) {
  std::error_code ignored;
  if (!path.empty() && std::filesystem::exists(path, ignored)) {
    try {
      read_lines(read_file(path, max_bytes), kind, profiles);
    } catch (const Error& error) {
      throw Error(ErrorCode::config, error.message());
    }
  }
}

std::string place_of(const Environment& environment,
                     const std::string& variable,
                     const std::string& file) {
  const std::string named = environment(variable);
  const std::string home = environment("HOME");
  return !named.empty() || home.empty() ? named : home + "/.aws/" + file;
}

}  // namespace

Profiles aws_profiles(const Environment& environment) {
  Profiles profiles;
  read_profiles(place_of(environment, "AWS_CONFIG_FILE", "config"), FileKind::config, profiles);
  read_profiles(place_of(environment, "AWS_SHARED_CREDENTIALS_FILE", "credentials"),
                FileKind::credentials,
                profiles);
  return profiles;
}

}  // namespace celldrift::kube
