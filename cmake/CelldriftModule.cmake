# celldrift_module(<name> DEPENDS <modules...> [LIBRARIES <external targets...>] [TEST_DEPENDS <modules...>])
#
# Declares the module <name>: its door is include/celldrift/<name>/, its room src/<name>/ (in folders where
# it is large), its unit tests tests/unit/<name>/*_test.cpp. DEPENDS is the only list of allowed edges: it becomes the link line, a
# dependency must be declared above it, and the test lint.layers compares it with the #include lines.
# LIBRARIES are private: no other module sees them. TEST_DEPENDS are modules that its tests use besides.
function(celldrift_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "DEPENDS;LIBRARIES;TEST_DEPENDS")
  file(GLOB sources CONFIGURE_DEPENDS
    ${PROJECT_SOURCE_DIR}/src/${name}/*.cpp ${PROJECT_SOURCE_DIR}/src/${name}/*/*.cpp)
  file(GLOB tests CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/unit/${name}/*_test.cpp)

  if(NOT sources)  # a module that so far is headers only
    file(WRITE ${PROJECT_BINARY_DIR}/empty.cpp "")
    set(sources ${PROJECT_BINARY_DIR}/empty.cpp)
  endif()
  add_library(celldrift_${name} STATIC ${sources})
  add_library(celldrift::${name} ALIAS celldrift_${name})
  target_include_directories(celldrift_${name}
    PUBLIC ${PROJECT_SOURCE_DIR}/include
    PRIVATE ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(celldrift_${name} PRIVATE celldrift_options ${arg_LIBRARIES})
  foreach(dependency IN LISTS arg_DEPENDS)
    if(NOT TARGET celldrift::${dependency})
      message(FATAL_ERROR "module '${name}' depends on '${dependency}', which is not declared above it; "
                          "a lower layer must not depend on a higher one")
    endif()
    target_link_libraries(celldrift_${name} PUBLIC celldrift::${dependency})
  endforeach()
  list(JOIN arg_DEPENDS " " edges)
  set_property(GLOBAL APPEND PROPERTY CELLDRIFT_LAYERS "${name}: ${edges}")

  if(tests AND BUILD_TESTING)
    add_executable(${name}_test ${tests} ${PROJECT_SOURCE_DIR}/tests/support/main.cpp)
    target_include_directories(${name}_test PRIVATE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/tests)
    target_link_libraries(${name}_test PRIVATE celldrift::${name} celldrift_options celldrift_dep::doctest)
    target_compile_definitions(${name}_test PRIVATE
      CELLDRIFT_TESTDATA="${PROJECT_SOURCE_DIR}/testdata")
    foreach(dependency IN LISTS arg_TEST_DEPENDS)
      target_link_libraries(${name}_test PRIVATE celldrift::${dependency})
    endforeach()
    add_test(NAME unit.${name} COMMAND ${name}_test)
    set_tests_properties(unit.${name} PROPERTIES LABELS unit TIMEOUT 900)
  endif()
endfunction()

# Writes the declared edges for tools/check_layers.py and registers the test.
function(celldrift_check_layers)
  get_property(edges GLOBAL PROPERTY CELLDRIFT_LAYERS)
  list(JOIN edges "\n" text)
  file(WRITE ${PROJECT_BINARY_DIR}/layers.txt "${text}\n")
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  add_test(NAME lint.layers COMMAND Python3::Interpreter
    ${PROJECT_SOURCE_DIR}/tools/check_layers.py ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/layers.txt)
  set_tests_properties(lint.layers PROPERTIES LABELS lint)
endfunction()

# celldrift_embed(<target> <symbol> <file>): puts a file's bytes into the target as
# `extern const std::string_view <symbol>` in namespace celldrift::embedded.
function(celldrift_embed target symbol file)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/embedded_${symbol}.cpp)
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DINPUT=${file} -DOUTPUT=${output} -DSYMBOL=${symbol}
            -P ${PROJECT_SOURCE_DIR}/cmake/Embed.cmake
    DEPENDS ${file} ${PROJECT_SOURCE_DIR}/cmake/Embed.cmake
    VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()
