# 64-bit Windows with Debian's mingw-w64, by the name of its POSIX-threads variant: with the other
# one <mutex> and <thread> are missing.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR AMD64)
set(DOSVC_MINGW x86_64-w64-mingw32)
set(CMAKE_C_COMPILER ${DOSVC_MINGW}-gcc-posix)
set(CMAKE_CXX_COMPILER ${DOSVC_MINGW}-g++-posix)
