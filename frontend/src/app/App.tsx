import { MantineProvider, localStorageColorSchemeManager } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "react-router/dom";

import { queryClient } from "@/api/queryClient";
import { cssVariablesResolver, theme } from "@/ui/theme/theme";

import { router } from "./router";

const colorSchemeManager = localStorageColorSchemeManager({ key: "cadenza-color-scheme" });

export function App() {
  const small = useMediaQuery("(max-width: 48em)");
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queryClient}>
        <Notifications position="top-center" limit={small ? 1 : 4} autoClose={6000} />
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
