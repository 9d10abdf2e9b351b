/* bcryptprimitives.dll, which Wine 8 lacks: the one function that programs in Rust ask it for. */
#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length) { return RtlGenRandom(data, (ULONG)length); }
