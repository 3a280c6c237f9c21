// What makes a form more comfortable where scripts run. Every page works without.
import { initAll } from './nhsuk/nhsuk-frontend-10.6.1.min.js'

document.body.classList.add('js-enabled', 'nhsuk-frontend-supported')
initAll()
