# Debian's 32-bit import library for ole32.dll lacks CoIncrementMTAUsage: links one that has it.
function(dosvc_link_mta_import target)
  if(NOT CMAKE_SYSTEM_PROCESSOR STREQUAL X86)
    return()
  endif()
  file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/mta.def
    "LIBRARY ole32.dll\nEXPORTS\nCoIncrementMTAUsage@4\n")
  add_custom_command(
    OUTPUT libmta.a
    COMMAND ${DOSVC_MINGW}-dlltool -k -d mta.def -l libmta.a
    DEPENDS ${CMAKE_CURRENT_BINARY_DIR}/mta.def)
  add_custom_target(mta-import DEPENDS libmta.a)
  add_dependencies(${target} mta-import)
  target_link_libraries(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/libmta.a)
endfunction()
