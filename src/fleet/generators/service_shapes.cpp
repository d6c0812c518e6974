#include "fleet/generators/service_shapes.hpp"

#include "fleet/generators/shapes.hpp"
#include "fleet/shapes/application_shape.hpp"

namespace celldrift::fleet {
namespace {

using Kind = Shape::Kind;
constexpr auto given = Written::if_given;

const Field secret_fields[] = {{"secretName", &string_shape}, {"key", &string_shape}};
const Shape secret{Kind::structure, secret_fields};
const Field config_map_fields[] = {{"configMapName", &string_shape}, {"key", &string_shape}};
const Shape config_map{Kind::structure, config_map_fields};
const Field basic_auth_fields[] = {{"username", &string_shape}, {"passwordRef", &secret, given}};
const Shape basic_auth{Kind::structure, basic_auth_fields};
const Field bearer_fields[] = {{"tokenRef", &secret, given}};
const Shape bearer{Kind::structure, bearer_fields};

// scmProvider
const Field github_fields[] = {
    {"organization", &string_shape},
    {"api", &string_shape},
    {"tokenRef", &secret, given},
    {"appSecretName", &string_shape},
    {"allBranches", &boolean_shape},
    {"excludeArchivedRepos", &boolean_shape},
};
const Shape github{Kind::structure, github_fields};
const Field gitlab_fields[] = {
    {"group", &string_shape},
    {"includeSubgroups", &boolean_shape},
    {"api", &string_shape},
    {"tokenRef", &secret, given},
    {"allBranches", &boolean_shape},
    {"insecure", &boolean_shape},
    {"includeSharedProjects", &boolean_shape, given},
    {"topic", &string_shape},
    {"caRef", &config_map, given},
    {"includeArchivedRepos", &boolean_shape},
};
const Shape gitlab{Kind::structure, gitlab_fields};
const Field bitbucket_fields[] = {
    {"owner", &string_shape},
    {"user", &string_shape},
    {"appPasswordRef", &secret, given},
    {"allBranches", &boolean_shape},
};
const Shape bitbucket{Kind::structure, bitbucket_fields};
const Field bitbucket_server_fields[] = {
    {"project", &string_shape},
    {"api", &string_shape},
    {"basicAuth", &basic_auth, given},
    {"allBranches", &boolean_shape},
    {"bearerToken", &bearer, given},
    {"insecure", &boolean_shape},
    {"caRef", &config_map, given},
};
const Shape bitbucket_server{Kind::structure, bitbucket_server_fields};
const Field gitea_fields[] = {
    {"owner", &string_shape},
    {"api", &string_shape},
    {"tokenRef", &secret, given},
    {"allBranches", &boolean_shape},
    {"insecure", &boolean_shape},
    {"excludeArchivedRepos", &boolean_shape},
};
const Shape gitea{Kind::structure, gitea_fields};
const Field azure_fields[] = {
    {"organization", &string_shape},
    {"api", &string_shape},
    {"teamProject", &string_shape},
    {"accessTokenRef", &secret, given},
    {"allBranches", &boolean_shape},
};
const Shape azure{Kind::structure, azure_fields};
const Field tag_fields[] = {{"key", &string_shape}, {"value", &string_shape}};
const Shape tag{Kind::structure, tag_fields};
const Shape tags{Kind::list, {}, &tag};
const Field code_commit_fields[] = {
    {"tagFilters", &tags},
    {"role", &string_shape},
    {"region", &string_shape},
    {"allBranches", &boolean_shape},
};
const Shape code_commit{Kind::structure, code_commit_fields};
const Field repository_filter_fields[] = {
    {"repositoryMatch", &string_shape, given},
    {"pathsExist", &string_list_shape},
    {"pathsDoNotExist", &string_list_shape},
    {"labelMatch", &string_shape, given},
    {"branchMatch", &string_shape, given},
};
const Shape repository_filter{Kind::structure, repository_filter_fields};
const Shape repository_filters{Kind::list, {}, &repository_filter};
const Field scm_provider_fields[] = {
    {"github", &github, given},
    {"gitlab", &gitlab, given},
    {"bitbucket", &bitbucket, given},
    {"bitbucketServer", &bitbucket_server, given},
    {"gitea", &gitea, given},
    {"azureDevOps", &azure, given},
    {"filters", &repository_filters},
    {"cloneProtocol", &string_shape},
    {"requeueAfterSeconds", &integer_shape, given},
    {"template", &template_shape},
    {"values", &generator_values_shape},
    {"awsCodeCommit", &code_commit, given},
};

// pullRequest
const Field pr_github_fields[] = {
    {"owner", &string_shape},
    {"repo", &string_shape},
    {"api", &string_shape},
    {"tokenRef", &secret, given},
    {"appSecretName", &string_shape},
    {"labels", &string_list_shape},
};
const Shape pr_github{Kind::structure, pr_github_fields};
const Field pr_gitlab_fields[] = {
    {"project", &string_shape},
    {"api", &string_shape},
    {"tokenRef", &secret, given},
    {"labels", &string_list_shape},
    {"pullRequestState", &string_shape},
    {"insecure", &boolean_shape},
    {"caRef", &config_map, given},
};
const Shape pr_gitlab{Kind::structure, pr_gitlab_fields};
const Field pr_gitea_fields[] = {
    {"owner", &string_shape},
    {"repo", &string_shape},
    {"api", &string_shape},
    {"tokenRef", &secret, given},
    {"insecure", &boolean_shape},
    {"labels", &string_list_shape},
};
const Shape pr_gitea{Kind::structure, pr_gitea_fields};
const Field pr_bitbucket_server_fields[] = {
    {"project", &string_shape},
    {"repo", &string_shape},
    {"api", &string_shape},
    {"basicAuth", &basic_auth, given},
    {"bearerToken", &bearer, given},
    {"insecure", &boolean_shape},
    {"caRef", &config_map, given},
};
const Shape pr_bitbucket_server{Kind::structure, pr_bitbucket_server_fields};
const Field pr_bitbucket_fields[] = {
    {"owner", &string_shape},
    {"repo", &string_shape},
    {"api", &string_shape},
    {"basicAuth", &basic_auth, given},
    {"bearerToken", &bearer, given},
};
const Shape pr_bitbucket{Kind::structure, pr_bitbucket_fields};
const Field pr_azure_fields[] = {
    {"organization", &string_shape},
    {"project", &string_shape},
    {"repo", &string_shape},
    {"api", &string_shape},
    {"tokenRef", &secret, given},
    {"labels", &string_list_shape},
};
const Shape pr_azure{Kind::structure, pr_azure_fields};
const Field pr_filter_fields[] = {
    {"branchMatch", &string_shape, given},
    {"targetBranchMatch", &string_shape, given},
    {"titleMatch", &string_shape, given},
};
const Shape pr_filter{Kind::structure, pr_filter_fields};
const Shape pr_filters{Kind::list, {}, &pr_filter};
const Field pull_request_fields[] = {
    {"github", &pr_github, given},
    {"gitlab", &pr_gitlab, given},
    {"gitea", &pr_gitea, given},
    {"bitbucketServer", &pr_bitbucket_server, given},
    {"filters", &pr_filters},
    {"requeueAfterSeconds", &integer_shape, given},
    {"template", &template_shape},
    {"bitbucket", &pr_bitbucket, given},
    {"azuredevops", &pr_azure, given},
    {"values", &generator_values_shape},
    {"continueOnRepoNotFoundError", &boolean_shape},
};

}  // namespace

const Shape scm_provider_shape{Kind::structure, scm_provider_fields};
const Shape pull_request_shape{Kind::structure, pull_request_fields};

}  // namespace celldrift::fleet
