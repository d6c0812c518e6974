// Signing in to Amazon EKS. The signatures are those of AWS's own SDK for Go (sts v1.43.3), for the
// same keys, region and time.
#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "kube/aws_identity.hpp"
#include "kube/eks_token.hpp"
#include "kube/sigv4.hpp"
#include "unit/kube/folder.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

using namespace celldrift;
using celldrift::test::Folder;

namespace {

using Variables = std::map<std::string, std::string>;

const std::string sts_answer =
    "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA1</AccessKeyId>"
    "<SecretAccessKey>sec</SecretAccessKey><SessionToken>tok/+=</SessionToken>"
    "</Credentials></AssumeRoleResult></AssumeRoleResponse>";

// Surroundings with these variables, that answer every question with `answer`.
struct World {
  Variables variables;
  std::string answer = sts_answer;
  std::vector<kube::AwsQuestion> asked = {};

  kube::AwsSurroundings around() {
    return {.environment =
                [this](const std::string& name) {
                  const auto found = variables.find(name);
                  return found == variables.end() ? "" : found->second;
                },
            .send =
                [this](const kube::AwsQuestion& question) {
                  asked.push_back(question);
                  return answer;
                },
            .now = *parse_time("2026-11-25T17:30:07Z")};
  }
};

std::string url_in(const std::string& token) {
  std::string text = token.substr(token.find('.') + 1);
  std::ranges::replace(text, '-', '+');
  std::ranges::replace(text, '_', '/');
  text += std::string((4 - text.size() % 4) % 4, '=');
  std::string url;
  REQUIRE(base64_decode(text, url));
  return url;
}

Variables keys(const std::string& region) {
  return {{"AWS_REGION", region},
          {"AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"},
          {"AWS_SECRET_ACCESS_KEY", "wJalr/XUtnFEMI+K7MDENG"}};
}

}  // namespace

TEST_CASE("a token's URL is the one that AWS's SDK signs") {
  struct Case {
    Variables variables;
    std::string cluster;
    std::string url;
  };
  Variables session = keys("cn-north-1");
  session["AWS_SESSION_TOKEN"] = "a+b/c==";
  Variables endpoint = {{"AWS_REGION", "us-east-1"},
                        {"AWS_ENDPOINT_URL_STS", "http://127.0.0.1:9999/p"},
                        {"AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"},
                        {"AWS_SECRET_ACCESS_KEY", "x"}};
  const Case cases[] = {
      {keys("eu-west-1"),
       "prod-cell",
       "https://sts.eu-west-1.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15"
       "&X-Amz-Algorithm=AWS4-HMAC-SHA256"
       "&X-Amz-Credential=AKIDEXAMPLE%2F20261125%2Feu-west-1%2Fsts%2Faws4_request"
       "&X-Amz-Date=20261125T173007Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host%3Bx-k8s-aws-id"
       "&X-Amz-Signature=a5ad75d6a8f40799811f67ff5cda9efe2dd8a7eff191b443fe2b99a0b911f82c"},
      {session,
       "my cluster",
       "https://sts.cn-north-1.amazonaws.com.cn/?Action=GetCallerIdentity&Version=2011-06-15"
       "&X-Amz-Algorithm=AWS4-HMAC-SHA256"
       "&X-Amz-Credential=AKIDEXAMPLE%2F20261125%2Fcn-north-1%2Fsts%2Faws4_request"
       "&X-Amz-Date=20261125T173007Z&X-Amz-Expires=60&X-Amz-Security-Token=a%2Bb%2Fc%3D%3D"
       "&X-Amz-SignedHeaders=host%3Bx-k8s-aws-id"
       "&X-Amz-Signature=958470c919605ea1a09c4c876fbdbc258221416033444e2d94609e066f7d927f"},
      {endpoint,
       "c",
       "http://127.0.0.1:9999/p?Action=GetCallerIdentity&Version=2011-06-15"
       "&X-Amz-Algorithm=AWS4-HMAC-SHA256"
       "&X-Amz-Credential=AKIDEXAMPLE%2F20261125%2Fus-east-1%2Fsts%2Faws4_request"
       "&X-Amz-Date=20261125T173007Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host%3Bx-k8s-aws-id"
       "&X-Amz-Signature=aa650fbc6d235a24b7ae297339c2280ffb8d1d84119aec183f65f38155d598d8"},
  };
  for (const Case& row : cases) {
    CAPTURE(row.cluster);
    World world{row.variables};
    const kube::ExecCredential credential =
        kube::eks_token({.cluster_name = row.cluster}, world.around());
    CHECK(credential.token.starts_with("k8s-aws-v1."));
    CHECK(credential.token.find_first_of("+/=") == std::string::npos);
    CHECK(url_in(credential.token) == row.url);
    CHECK(format_time(*credential.expires) == "2026-11-25T17:44:07Z");
    CHECK(world.asked.empty());
  }
}

TEST_CASE("a region's services are where AWS has them") {
  const std::pair<std::string, std::string> cases[] = {
      {"us-east-1", "https://sts.us-east-1.amazonaws.com/?"},
      {"aws-global", "https://sts.amazonaws.com/?"},
      {"us-gov-west-1", "https://sts.us-gov-west-1.amazonaws.com/?"},
      {"us-iso-east-1", "https://sts.us-iso-east-1.c2s.ic.gov/?"},
      {"us-isob-east-1", "https://sts.us-isob-east-1.sc2s.sgov.gov/?"},
      {"us-isof-south-1", "https://sts.us-isof-south-1.csp.hci.ic.gov/?"},
      {"eu-isoe-west-1", "https://sts.eu-isoe-west-1.cloud.adc-e.uk/?"},
      {"eusc-de-east-1", "https://sts.eusc-de-east-1.amazonaws.eu/?"},
      {"cn-northwest-1", "https://sts.cn-northwest-1.amazonaws.com.cn/?"},
  };
  for (const auto& [region, begin] : cases) {
    World world{keys(region)};
    CHECK(url_in(kube::eks_token({.cluster_name = "c"}, world.around()).token).starts_with(begin));
  }
  World fips{keys("us-east-1")};
  fips.variables["AWS_USE_FIPS_ENDPOINT"] = "true";
  CHECK(url_in(kube::eks_token({.cluster_name = "c"}, fips.around()).token)
            .starts_with("https://sts-fips.us-east-1.amazonaws.com/?"));
}

TEST_CASE("S3 is where the region has it, or where the environment or profile says") {
  const Folder folder;
  folder.write(".aws/config",
               "[default]\nregion = eu-west-1\nendpoint_url = https://profile.example\n");
  struct Case {
    Variables variables;
    std::string url;
    bool is_own;
  };
  const Variables from_profile = {{"HOME", folder.path()}};
  const Case cases[] = {
      {{}, "https://s3.eu-west-1.amazonaws.com", false},
      {{{"AWS_REGION", "cn-north-1"}}, "https://s3.cn-north-1.amazonaws.com.cn", false},
      {{{"AWS_USE_FIPS_ENDPOINT", "true"}}, "https://s3-fips.eu-west-1.amazonaws.com", false},
      {{{"AWS_ENDPOINT_URL", "http://a"}}, "http://a", true},
      {{{"AWS_ENDPOINT_URL", "http://a"}, {"AWS_ENDPOINT_URL_S3", "http://b"}}, "http://b", true},
      {{{"AWS_ENDPOINT_URL_S3", "http://b"}, {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"}},
       "https://s3.eu-west-1.amazonaws.com",
       false},
      {from_profile, "https://profile.example", true},
  };
  for (const Case& row : cases) {
    CAPTURE(row.url);
    World world{keys("eu-west-1")};
    for (const auto& [name, value] : row.variables) {
      world.variables[name] = value;
    }
    const kube::AwsIdentity identity = kube::aws_identity("", world.around());
    CHECK(identity.s3 == row.url);
    CHECK(identity.is_own_s3 == row.is_own);
  }
}

TEST_CASE("keys are looked for in the order of AWS's SDK") {
  const Folder folder;
  folder.write(".aws/config",
               "[default]\nregion = eu-central-1\n\n[profile base]\n"
               "aws_access_key_id = AKBASE\naws_secret_access_key = sbase\nregion = eu-west-3\n"
               "s3 =\n  max_concurrent_requests = 20\n"
               "[sso-session base2]\nregion = nowhere\n");
  folder.write(".aws/credentials",
               "[default]\naws_access_key_id=AKDEF\naws_secret_access_key=sdef\n[base]\n"
               "# newer\naws_access_key_id=AKBASE2 ; inline\naws_secret_access_key=sbase2\n"
               "aws_session_token=tok\n");
  struct Case {
    std::string name;
    Variables variables;
    std::string profile;
    std::string id;
    std::string region;
  };
  const Variables environment_keys = {{"AWS_ACCESS_KEY_ID", "ENV"}, {"AWS_SECRET_ACCESS_KEY", "x"}};
  Variables with_profile = environment_keys;
  with_profile["AWS_PROFILE"] = "base";
  const Case cases[] = {
      {"the default profile", {}, "", "AKDEF", "eu-central-1"},
      {"a named profile", {}, "base", "AKBASE2", "eu-west-3"},
      {"a profile of the environment", {{"AWS_PROFILE", "base"}}, "", "AKBASE2", "eu-west-3"},
      {"a named profile goes before keys", environment_keys, "base", "AKBASE2", "eu-west-3"},
      {"keys go before the environment's profile", with_profile, "", "ENV", "eu-west-3"},
      {"old names",
       {{"AWS_ACCESS_KEY", "OLD"}, {"AWS_SECRET_KEY", "x"}, {"AWS_DEFAULT_REGION", "us-west-2"}},
       "",
       "OLD",
       "us-west-2"},
  };
  for (const Case& row : cases) {
    CAPTURE(row.name);
    World world{row.variables};
    world.variables["HOME"] = folder.path();
    const kube::AwsIdentity identity = kube::aws_identity(row.profile, world.around());
    CHECK(identity.keys.id == row.id);
    CHECK(identity.region == row.region);
  }
}

TEST_CASE("a role is assumed with the keys that are there") {
  World world{keys("us-west-2")};
  const auto credential =
      kube::eks_token({.cluster_name = "c", .role_arn = "arn:aws:iam::1:role/me"}, world.around());
  REQUIRE(world.asked.size() == 1);
  const std::string& url = world.asked[0].url;
  CHECK(url.starts_with("https://sts.us-west-2.amazonaws.com/?Action=AssumeRole&"));
  CHECK(url.find("RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fme") != std::string::npos);
  CHECK(url.find("X-Amz-Signature=") != std::string::npos);
  CHECK(url_in(credential.token).find("X-Amz-Credential=ASIA1%2F") != std::string::npos);
  CHECK(url_in(credential.token).find("X-Amz-Security-Token=tok%2F%2B%3D") != std::string::npos);
}

TEST_CASE("a web identity's token is exchanged, and never in a URL") {
  const Folder folder;
  World world{{{"AWS_REGION", "us-west-2"},
               {"AWS_WEB_IDENTITY_TOKEN_FILE", folder.write("token", "web+token\n")},
               {"AWS_ROLE_ARN", "arn:aws:iam::1:role/web"}}};
  CHECK(kube::aws_identity("", world.around()).keys.id == "ASIA1");
  REQUIRE(world.asked.size() == 1);
  CHECK(world.asked[0].url == "https://sts.us-west-2.amazonaws.com");
  CHECK(world.asked[0].form ==
        "Action=AssumeRoleWithWebIdentity&Version=2011-06-15"
        "&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fweb&RoleSessionName=celldrift"
        "&WebIdentityToken=web%2Btoken");
}

TEST_CASE("a profile's role, source, process and identity are followed") {
  const Folder folder;
  const std::string token = folder.write("token", "t");
  folder.write(".aws/config",
               "[profile base]\naws_access_key_id = AKBASE\naws_secret_access_key = s\n"
               "[profile chained]\nrole_arn = arn:x\nsource_profile = base\nexternal_id = e1\n"
               "region = us-west-2\n"
               "[profile own]\nrole_arn = arn:own\nsource_profile = own\nregion = us-west-2\n"
               "aws_access_key_id = AKOWN\naws_secret_access_key = s\n"
               "[profile web]\nrole_arn = arn:web\nweb_identity_token_file = " +
                   token +
                   "\nregion = us-west-2\n"
                   "[profile process]\nregion = us-west-2\ncredential_process = "
                   "echo '{\"Version\":1,\"AccessKeyId\":\"AKP\",\"SecretAccessKey\":\"s\"}'\n"
                   "[profile loop]\nrole_arn = a\nsource_profile = pool\nregion = us-west-2\n"
                   "[profile pool]\nrole_arn = b\nsource_profile = loop\n"
                   "[profile sso]\nsso_session = x\nregion = us-west-2\n");
  World world{{{"HOME", folder.path()}}};
  CHECK(kube::aws_identity("chained", world.around()).keys.id == "ASIA1");
  CHECK(world.asked.back().url.find("ExternalId=e1") != std::string::npos);
  CHECK(world.asked.back().url.find("AKBASE") != std::string::npos);
  CHECK(kube::aws_identity("own", world.around()).keys.id == "ASIA1");
  CHECK(world.asked.back().url.find("AKOWN") != std::string::npos);
  CHECK(kube::aws_identity("web", world.around()).keys.id == "ASIA1");
  CHECK(world.asked.back().form.find("RoleArn=arn%3Aweb") != std::string::npos);
  CHECK(kube::aws_identity("process", world.around()).keys.id == "AKP");
  CHECK_THROWS_WITH_AS(
      kube::aws_identity("loop", world.around()), doctest::Contains("without end"), Error);
  CHECK_THROWS_WITH_AS(kube::aws_identity("sso", world.around()), doctest::Contains("SSO"), Error);
  CHECK_THROWS_WITH_AS(
      kube::aws_identity("nope", world.around()), doctest::Contains("no profile \"nope\""), Error);
}

TEST_CASE("a container's credentials are asked for on this machine only") {
  const Folder folder;
  World world{{{"AWS_REGION", "us-west-2"},
               {"AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://169.254.170.23/v1/credentials"},
               {"AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", folder.write("token", "auth\n")}},
              R"({"AccessKeyId":"AKC","SecretAccessKey":"s","Token":"t"})"};
  const kube::AwsIdentity identity = kube::aws_identity("", world.around());
  CHECK(identity.keys.id == "AKC");
  CHECK(identity.keys.session_token == "t");
  CHECK(world.asked.at(0).headers.at("Authorization") == "auth");
  world.variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = "http://elsewhere.example.com/x";
  CHECK_THROWS_WITH_AS(
      kube::aws_identity("", world.around()), doctest::Contains("on this machine"), Error);
}

TEST_CASE("what is missing is named, and no key is quoted") {
  World nothing{{{"AWS_REGION", "us-west-2"}}};
  CHECK_THROWS_WITH_AS(
      kube::aws_identity("", nothing.around()), doctest::Contains("AWS_ACCESS_KEY_ID"), Error);
  World no_region{{{"AWS_ACCESS_KEY_ID", "a"}, {"AWS_SECRET_ACCESS_KEY", "s3cret"}}};
  CHECK_THROWS_WITH_AS(
      kube::aws_identity("", no_region.around()), doctest::Contains("AWS_REGION"), Error);
  World nonsense{keys("us-west-2"), "<html>s3cret</html>"};
  try {
    kube::eks_token({.cluster_name = "c", .role_arn = "r"}, nonsense.around());
    FAIL("it was taken");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::auth);
    CHECK(std::string(error.what()).find("s3cret") == std::string::npos);
  }
}
