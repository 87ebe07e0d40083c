# nongsan_embed_text(<target> FUNCTION <ns::name> FILES <files>)
#   Compiles text files into <target> as
#     std::span<const std::pair<std::string_view, std::string_view>> ns::name();
#   : (file name without its extension, content) in the order given. No file is read at run time.
#   As a script (cmake -P) this file writes that source.
if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  string(REPLACE "|" ";" files "${FILES}")
  string(REGEX REPLACE "::[^:]*$" "" scope "${FUNCTION}")
  string(REGEX REPLACE "^.*::" "" name "${FUNCTION}")
  set(rows "")
  set(count 0)
  foreach(file IN LISTS files)
    get_filename_component(stem "${file}" NAME_WE)
    file(READ "${file}" content HEX)
    string(LENGTH "${content}" digits)
    math(EXPR bytes "${digits} / 2")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," content "${content}")
    string(APPEND texts "constexpr char kText${count}[] = {${content}'\\0'};\n")
    string(APPEND rows "    {\"${stem}\", {kText${count}, ${bytes}}},\n")
    math(EXPR count "${count} + 1")
  endforeach()
  file(WRITE "${OUTPUT}.new"
"#include <span>\n#include <string_view>\n#include <utility>\n\nnamespace ${scope} {\nnamespace {\n
${texts}
constexpr std::pair<std::string_view, std::string_view> kTexts[] = {\n${rows}};\n
}  // namespace\n
std::span<const std::pair<std::string_view, std::string_view>> ${name}();
std::span<const std::pair<std::string_view, std::string_view>> ${name}() {\n  return kTexts;\n}\n
}  // namespace ${scope}\n")
  file(RENAME "${OUTPUT}.new" "${OUTPUT}")
  return()
endif()

set(NONGSAN_EMBED_TEXT_SCRIPT ${CMAKE_CURRENT_LIST_FILE})
function(nongsan_embed_text target)
  cmake_parse_arguments(ARG "" "FUNCTION" "FILES" ${ARGN})
  string(REGEX REPLACE "[^A-Za-z0-9]+" "_" stem "${ARG_FUNCTION}")
  set(output ${CMAKE_CURRENT_BINARY_DIR}/${stem}.cpp)
  string(REPLACE ";" "|" files "${ARG_FILES}")
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DOUTPUT=${output} -DFUNCTION=${ARG_FUNCTION} "-DFILES=${files}"
            -P ${NONGSAN_EMBED_TEXT_SCRIPT}
    DEPENDS ${ARG_FILES} ${NONGSAN_EMBED_TEXT_SCRIPT}
    COMMENT "Embedding text for ${target}" VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()
