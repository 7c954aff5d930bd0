// SPDX-License-Identifier: MIT
//
// Stands in for the Visual C++ runtime's header: structured exceptions.
#pragma once

#include <vcruntime.h>

typedef enum _EXCEPTION_DISPOSITION {
  ExceptionContinueExecution,
  ExceptionContinueSearch,
  ExceptionNestedException,
  ExceptionCollidedUnwind
} EXCEPTION_DISPOSITION;

#define EXCEPTION_EXECUTE_HANDLER 1
#define EXCEPTION_CONTINUE_SEARCH 0
#define EXCEPTION_CONTINUE_EXECUTION (-1)
#define GetExceptionCode _exception_code
#define GetExceptionInformation (struct _EXCEPTION_POINTERS*)_exception_info
#define AbnormalTermination _abnormal_termination

extern "C" {
unsigned long __cdecl _exception_code();
void* __cdecl _exception_info();
int __cdecl _abnormal_termination();
}
