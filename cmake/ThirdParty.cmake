# Third-party libraries, as targets celldrift_dep::<name>. Modules link these alone, so that
# where a library comes from, and how it is linked, is decided here.
#
#   libgit2 curl        from the prefix, or from the system (see below)
#   jq                  from the prefix alone: it is changed (cmake/jq)
#   mimalloc            from the prefix, for the static binary alone
#   yaml_cpp re2 openssl crypt zlib expat
#   json dtl cli11 doctest fmt xxhash    headers only
#
# The prefix is what scripts/third-party builds; -DCELLDRIFT_PREFIX=DIR or the environment's
# CELLDRIFT_PREFIX names another. Where there is none, the system's libgit2 >= 1.9 and
# curl >= 8 serve. With CELLDRIFT_STATIC everything is an archive.

# The suffixes are set for this file alone, and put back at its end.
set(celldrift_suffixes ${CMAKE_FIND_LIBRARY_SUFFIXES})
if(CELLDRIFT_STATIC)
  set(CMAKE_FIND_LIBRARY_SUFFIXES .a)
  set(OPENSSL_USE_STATIC_LIBS ON)
  set(ZLIB_USE_STATIC_LIBS ON)
endif()

# celldrift_dep(<name> [INCLUDE <dirs>] [DEFINE <definitions>] [LINK <libraries>])
#
# Imported, so that its headers count as the system's and our warnings spare them.
function(celldrift_dep name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "INCLUDE;DEFINE;LINK")
  add_library(celldrift_dep::${name} INTERFACE IMPORTED GLOBAL)
  target_include_directories(celldrift_dep::${name} INTERFACE ${arg_INCLUDE})
  target_compile_definitions(celldrift_dep::${name} INTERFACE ${arg_DEFINE})
  target_link_libraries(celldrift_dep::${name} INTERFACE ${arg_LINK})
endfunction()

# celldrift_pkg_config(<output variable> <pkg-config arguments...>)
#
# Not pkg_check_modules, whose results stay in the cache when the prefix has moved on.
function(celldrift_pkg_config output)
  execute_process(
    COMMAND ${CMAKE_COMMAND} -E env "PKG_CONFIG_PATH=${celldrift_pkg_config_path}"
            ${PKG_CONFIG_EXECUTABLE} ${ARGN}
    OUTPUT_VARIABLE text ERROR_VARIABLE error RESULT_VARIABLE status OUTPUT_STRIP_TRAILING_WHITESPACE)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "pkg-config ${ARGN} failed; run scripts/install-deps\n${error}")
  endif()
  separate_arguments(words UNIX_COMMAND "${text}")
  set(${output} "${words}" PARENT_SCOPE)
endfunction()

# celldrift_dep_from_pkg_config(<name> <pkg-config module> [--static])
function(celldrift_dep_from_pkg_config name module)
  celldrift_pkg_config(include_flags --cflags-only-I ${module})
  celldrift_pkg_config(defines --cflags-only-other ${module})
  celldrift_pkg_config(folder_flags --libs-only-L ${ARGN} ${module})
  celldrift_pkg_config(library_flags --libs-only-l ${ARGN} ${module})
  list(FILTER defines INCLUDE REGEX "^-D")  # re2 says -pthread here, which Threads::Threads brings
  list(TRANSFORM include_flags REPLACE "^-I" "" OUTPUT_VARIABLE include)
  list(TRANSFORM folder_flags REPLACE "^-L" "" OUTPUT_VARIABLE folders)

  set(libraries)
  foreach(flag IN LISTS library_flags)
    string(REGEX REPLACE "^-l" "" library ${flag})
    unset(found)
    find_library(found ${library} HINTS ${folders} NO_CACHE)
    if(NOT found)
      message(FATAL_ERROR "pkg-config names lib${library} for ${module}, which is not installed as any of: "
                          "${CMAKE_FIND_LIBRARY_SUFFIXES}; run scripts/install-deps")
    endif()
    list(APPEND libraries ${found})
  endforeach()
  celldrift_dep(${name} INCLUDE ${include} DEFINE ${defines} LINK ${libraries} Threads::Threads)
endfunction()

# celldrift_dep_from_headers(<name> <header> [<definitions...>])
function(celldrift_dep_from_headers name header)
  unset(found)
  find_path(found ${header} NO_CACHE)
  if(NOT found)
    message(FATAL_ERROR "<${header}> is not installed; run scripts/install-deps")
  endif()
  celldrift_dep(${name} INCLUDE ${found} DEFINE ${ARGN})
endfunction()

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)

# libgit2 and curl
set(celldrift_pkg_config_path "$ENV{PKG_CONFIG_PATH}")
if(CELLDRIFT_PREFIX)
  set(celldrift_prefix ${CELLDRIFT_PREFIX})
else()
  execute_process(
    COMMAND ${PROJECT_SOURCE_DIR}/scripts/third-party --print-prefix
    OUTPUT_VARIABLE celldrift_prefix OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
endif()
if(CELLDRIFT_PREFIX OR IS_DIRECTORY ${celldrift_prefix})
  set(celldrift_pkg_config_path "${celldrift_prefix}/lib/pkgconfig:${celldrift_pkg_config_path}")
  set(celldrift_link_mode --static)  # the prefix has archives only
else()
  execute_process(
    COMMAND ${PKG_CONFIG_EXECUTABLE} --exists "libgit2 >= 1.9" "libcurl >= 8" RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "neither ${celldrift_prefix} nor a system-wide libgit2 >= 1.9 and curl >= 8 exist; "
                        "run scripts/install-deps")
  endif()
  set(celldrift_prefix "the system")
  set(celldrift_link_mode)
  if(CELLDRIFT_STATIC)
    set(celldrift_link_mode --static)
  endif()
endif()
message(STATUS "libgit2 and curl come from ${celldrift_prefix}")
celldrift_dep_from_pkg_config(libgit2 libgit2 ${celldrift_link_mode})
celldrift_dep_from_pkg_config(curl libcurl ${celldrift_link_mode})

unset(celldrift_jq)
find_library(celldrift_jq jq PATHS ${celldrift_prefix}/lib NO_DEFAULT_PATH NO_CACHE)
if(NOT celldrift_jq)
  message(FATAL_ERROR "${celldrift_prefix} has no libjq.a with cmake/jq/gojq.patch; run scripts/install-deps")
endif()
celldrift_dep(jq INCLUDE ${celldrift_prefix}/include LINK ${celldrift_jq} m Threads::Threads)

# Takes the place of the C library's allocator, which a quarter of the time of a large fleet's check went to. Whole:
# one half by the one and one half by the other would not do.
if(CELLDRIFT_STATIC)
  unset(celldrift_mimalloc)
  find_library(celldrift_mimalloc mimalloc PATHS ${celldrift_prefix}/lib NO_DEFAULT_PATH NO_CACHE)
  if(NOT celldrift_mimalloc)
    message(FATAL_ERROR "${celldrift_prefix} has no libmimalloc.a; run scripts/install-deps")
  endif()
  celldrift_dep(mimalloc LINK "-Wl,--whole-archive,${celldrift_mimalloc},--no-whole-archive")
endif()

# The others are the system's.
if(CELLDRIFT_STATIC)
  celldrift_dep_from_pkg_config(yaml_cpp yaml-cpp --static)
else()
  celldrift_dep_from_pkg_config(yaml_cpp yaml-cpp)
endif()
if(CELLDRIFT_STATIC)
  celldrift_dep_from_pkg_config(re2 re2 --static)
else()
  celldrift_dep_from_pkg_config(re2 re2)
endif()
find_package(OpenSSL 3 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(EXPAT REQUIRED)
celldrift_dep(openssl LINK OpenSSL::SSL OpenSSL::Crypto)
unset(celldrift_crypt)
find_library(celldrift_crypt crypt NO_CACHE REQUIRED)  # libxcrypt, for bcrypt
celldrift_dep(crypt LINK ${celldrift_crypt})
celldrift_dep(zlib LINK ZLIB::ZLIB)
celldrift_dep(expat LINK EXPAT::EXPAT)

celldrift_dep_from_headers(json nlohmann/json.hpp)
celldrift_dep_from_headers(dtl dtl/dtl.hpp)
celldrift_dep_from_headers(cli11 CLI/CLI.hpp)
celldrift_dep_from_headers(fmt fmt/format.h FMT_HEADER_ONLY=1)
celldrift_dep_from_headers(xxhash xxhash.h)  # to be included with XXH_INLINE_ALL defined
if(BUILD_TESTING)
  celldrift_dep_from_headers(doctest doctest/doctest.h)
endif()

set(CMAKE_FIND_LIBRARY_SUFFIXES ${celldrift_suffixes})
